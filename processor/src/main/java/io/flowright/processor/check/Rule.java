package io.flowright.processor.check;

import io.flowright.processor.report.Problems;

/** One thing that can be wrong with a flow. Rules do not know each other: each runs, whatever the others found. */
interface Rule {

    void check(Wiring wiring, Problems problems);
}
