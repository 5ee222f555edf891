package dev.jarway.runtime.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program {@code jarway}. */
@Command(
        name = "jarway",
        description = "An HTTP gateway whose plugins are swapped while it serves.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {RunCommand.class, UpgradeCommand.class},
        synopsisSubcommandLabel = "COMMAND")
public final class Main implements Runnable {

    private Main() {}

    /** Without a command, says which there are. */
    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }

    /** Runs the command that the arguments name; exits with 0, 2 for wrong arguments, or the command's own code. */
    public static void main(String[] arguments) {
        int code = new CommandLine(new Main()).execute(arguments);
        System.exit(code);
    }
}
