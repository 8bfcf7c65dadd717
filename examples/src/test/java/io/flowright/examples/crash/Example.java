package io.flowright.examples.crash;

import io.flowright.examples.content.MortalContent;
import io.flowright.examples.onboarding.MortalOnboarding;
import io.flowright.examples.order.MortalOrder;
import io.flowright.examples.quickstart.MortalBasket;
import io.flowright.examples.retry.MortalQuote;
import io.flowright.examples.testrun.MortalTestRun;
import io.flowright.examples.transport.MortalTransport;
import io.flowright.examples.upload.MortalUpload;

/** The examples by the names of their cases. */
enum Example {
    BASKET(new MortalBasket()),
    CONTENT(MortalContent.published()),
    CONTENT_BROKEN(MortalContent.broken()),
    CONTENT_FORBIDDEN(MortalContent.forbidden()),
    ONBOARDING(MortalOnboarding.takenIn()),
    ONBOARDING_REFUSED(MortalOnboarding.refused()),
    ORDER(new MortalOrder()),
    QUOTE(new MortalQuote()),
    TEST_RUN(new MortalTestRun()),
    TRANSPORT(new MortalTransport()),
    UPLOAD(new MortalUpload());

    private final MortalExample mortal;

    Example(MortalExample mortal) {
        this.mortal = mortal;
    }

    MortalExample mortal() {
        return mortal;
    }
}
