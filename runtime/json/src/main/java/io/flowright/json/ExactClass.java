package io.flowright.json;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ser.BeanSerializer;
import tools.jackson.databind.ser.bean.BeanSerializerBase;

/** Refuses an instance of a subclass: what that adds would be lost, and the value come back as one of the declared class. */
final class ExactClass extends BeanSerializer {

    ExactClass(BeanSerializerBase bean) {
        super(bean);
    }

    @Override
    public void serialize(Object bean, JsonGenerator json, SerializationContext context) {
        if (bean.getClass() != handledType()) {
            context.reportBadDefinition(
                    bean.getClass(),
                    "a " + bean.getClass().getName() + " would come back as a "
                            + handledType().getName() + "; seal that class, or declare the value's own");
        }
        super.serialize(bean, json, context);
    }
}
