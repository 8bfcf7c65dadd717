package io.flowright.processor.check;

import io.flowright.processor.report.Message;
import io.flowright.processor.report.Problems;

/** Keys that are let go before anybody could see them. */
final class UnusedKeys implements Rule {

    @Override
    public void check(Wiring wiring, Problems problems) {
        wiring.provisions()
                .forEach((name, provisions) -> provisions.forEach(provision -> {
                    if (!provision.key().keep() && !wiring.isUsed(name)) {
                        problems.add(
                                Message.UNUSED_KEY,
                                provision.key().site(),
                                wiring.task(provision.task()).displayName(),
                                provision.key().shown());
                    }
                }));
    }
}
