package io.flowright.runtime;

import io.flowright.runtime.spi.FlowVersion;
import io.flowright.runtime.spi.RunRecord;
import io.flowright.runtime.spi.RunStore;
import java.util.Collection;
import java.util.List;

/** A store that leaves orphans alone until it is told to have them adopted. */
final class PatientStore extends ForwardingStore {

    volatile boolean adopting;

    PatientStore(RunStore store) {
        super(store);
    }

    @Override
    public List<RunRecord> adopt(String owner, Collection<FlowVersion> flows, int limit) {
        return adopting ? super.adopt(owner, flows, limit) : List.of();
    }
}
