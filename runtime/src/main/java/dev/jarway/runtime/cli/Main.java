package dev.jarway.runtime.cli;

import java.security.Security;
import java.util.List;

/** The program {@code jarway}. */
public final class Main {
    private static final String ADDRESS_SECONDS = "networkaddress.cache.ttl";
    private static final String REFUSE_RENEGOTIATION = "jdk.tls.rejectClientInitiatedRenegotiation";

    private Main() {}

    /** Runs the command that the arguments name; exits with 0, 2 for wrong arguments, or the command's own code. */
    public static void main(String[] arguments) {
        forgetAddressesSoon();
        refuseRenegotiation();
        Program program = new Program(List.of(new RunCommand(), new UpgradeCommand(), new RehearseCommand()));
        System.exit(program.run(List.of(arguments), Terminal.own()));
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
