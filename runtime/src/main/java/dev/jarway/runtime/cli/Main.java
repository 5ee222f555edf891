package dev.jarway.runtime.cli;

import java.security.Security;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program {@code jarway}. */
@Command(
        name = "jarway",
        description = "An HTTP gateway whose plugins are swapped while it serves.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {RunCommand.class, UpgradeCommand.class, RehearseCommand.class},
        synopsisSubcommandLabel = "COMMAND")
public final class Main implements Runnable {
    private static final String ADDRESS_SECONDS = "networkaddress.cache.ttl";
    private static final String REFUSE_RENEGOTIATION = "jdk.tls.rejectClientInitiatedRenegotiation";

    private Main() {}

    /** Without a command, says which there are. */
    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }

    /** Runs the command that the arguments name; exits with 0, 2 for wrong arguments, or the command's own code. */
    public static void main(String[] arguments) {
        forgetAddressesSoon();
        refuseRenegotiation();
        int code = new CommandLine(new Main()).execute(arguments);
        System.exit(code);
    }

    /**
     * A client could ask for one handshake after the other on its connection, each of which costs the gateway much more than
     * itself.
     */
    private static void refuseRenegotiation() {
        if (System.getProperty(REFUSE_RENEGOTIATION) == null) {
            System.setProperty(REFUSE_RENEGOTIATION, "true");
        }
    }

    /** The JVM would keep the addresses of a name for 30 seconds, however often a service has it looked up. */
    private static void forgetAddressesSoon() {
        if (Security.getProperty(ADDRESS_SECONDS) == null) {
            Security.setProperty(ADDRESS_SECONDS, "1");
        }
    }
}
