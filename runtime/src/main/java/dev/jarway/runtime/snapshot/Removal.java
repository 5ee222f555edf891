package dev.jarway.runtime.snapshot;

import dev.jarway.runtime.config.Problem;
import dev.jarway.runtime.history.Origin;
import java.util.List;

/**
 * The wish that the file of a plugin's version be deleted. Which file that is, and whether the plugin is in use, is looked up
 * when the wish's turn has come, since changes before it may have said otherwise.
 *
 * @param id the plugin's
 * @param version the plugin's
 * @param force whether it is to go though the configuration uses it
 * @param origin where the wish comes from
 */
public record Removal(String id, String version, boolean force, Origin origin) {

    /** What has become of it. All but {@link Done} have changed nothing. */
    public sealed interface Outcome {

        /** The gateway goes on without the file, or keeps what the configuration needs of it. */
        record Done() implements Outcome {}

        /** No file that is fit holds that version. */
        record Absent() implements Outcome {}

        /** The configuration uses it. */
        record InUse() implements Outcome {}

        /** The file of this name holds other content than was loaded from it, which nobody has asked to delete. */
        record Overwritten(String file) implements Outcome {}

        /** The gateway cannot go on without it. */
        record Refused(List<Problem> problems) implements Outcome {}
    }
}
