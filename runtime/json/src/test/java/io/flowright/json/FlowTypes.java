package io.flowright.json;

import io.flowright.runtime.generated.FlowRecording;
import java.lang.reflect.Type;

/** The types that generated code makes. */
abstract class FlowTypes extends FlowRecording<Object> {

    protected static Type generic(Class<?> raw, Type... arguments) {
        return FlowRecording.generic(raw, arguments);
    }
}
