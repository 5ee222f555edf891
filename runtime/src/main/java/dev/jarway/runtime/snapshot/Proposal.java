package dev.jarway.runtime.snapshot;

import dev.jarway.runtime.config.Checked;
import dev.jarway.runtime.config.LoadedConfig;
import dev.jarway.runtime.history.Origin;
import dev.jarway.runtime.history.Revision;
import java.io.IOException;
import java.util.Optional;

/** A change of the configuration that says what it is when its turn has come, so that it stands on what is in force then. */
interface Proposal {

    /**
     * What is to be in force.
     *
     * @param loaded the configuration
     * @param plugins whose plugins are to be there; those that are there if empty
     * @param before makes the change durable
     * @param origin where it comes from
     */
    record Draft(LoadedConfig loaded, Optional<Revision> plugins, BeforePublication before, Origin origin) {}

    /** What a proposal comes to. */
    sealed interface Outcome {

        /** The draft, or all that is wrong with it. */
        record Drafted(Checked<Draft> draft) implements Outcome {}

        /** What was to be proposed is in force already. */
        record InForce() implements Outcome {}

        /** It is out of date, and says nothing any more. */
        record Superseded() implements Outcome {}
    }

    /**
     * Called on the thread of changes.
     *
     * @throws ChangedMeanwhileException if it was meant for another revision
     */
    Outcome draft(Optional<Snapshot> current) throws IOException, ChangedMeanwhileException;
}
