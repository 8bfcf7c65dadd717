package shop;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Recorded;
import io.flowright.annotations.Requires;
import io.flowright.annotations.Task;

/** The store is not to have the number of the account. */
@Flow(durable = true)
class IbanTasks {

    @Task(pure = true)
    @Provides(record = Recorded.HASH)
    String iban(@Input String typed) {
        return typed.replace(" ", "");
    }

    @Provides
    int length(@Requires String iban) {
        return iban.length();
    }
}
