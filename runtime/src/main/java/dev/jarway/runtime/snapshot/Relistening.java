package dev.jarway.runtime.snapshot;

import dev.jarway.runtime.config.LoadedConfig;
import java.io.IOException;

/**
 * What goes with another configuration: listeners that are new open before it is in force, those that are gone close after.
 *
 * @param now the configuration in force
 * @param next the one that is to be
 * @param files the change of files that goes with it
 */
record Relistening(ConfigSource.Listening listening, LoadedConfig now, LoadedConfig next, BeforePublication files)
        implements BeforePublication {

    @Override
    public void run() throws IOException {
        listening.prepare(next);
        files.run();
    }

    @Override
    public void undo() throws IOException {
        listening.settle(now);
        files.undo();
    }

    @Override
    public void settle() {
        listening.settle(next);
    }
}
