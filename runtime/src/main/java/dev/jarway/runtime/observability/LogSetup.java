package dev.jarway.runtime.observability;

import ch.qos.logback.classic.ClassicConstants;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.List;

/**
 * The setup of Logback: the log goes to stderr, the access log to stdout. Logback finds it as a service. It is no file since to read
 * one takes some 500 classes more at each start; who names a file in {@code -Dlogback.configurationFile} has that instead.
 */
public final class LogSetup extends ContextAwareBase implements Configurator {
    private static final String LEVEL = "JARWAY_LOG_LEVEL";

    /** What these say below WARN is of use to their own authors. */
    private static final List<String> WARNINGS_ALONE =
            List.of("io.micrometer", "io.netty", "io.vertx", "com.github.victools", "com.networknt", "org.pf4j");

    private static final String LABEL = "%-5level";

    /** Only WARN and ERROR are worth a colour. Whichever of the two is not meant becomes $1, an empty group: no empty text is taken. */
    private static final String COLOURED_LABEL = "%replace(%-5level){'()(WARN|ERROR) *', '$1'}"
            + "%highlight(%replace(%-5level){'()(INFO|DEBUG|TRACE) *', '$1'})";

    private final String level;

    /** With the level that the environment names, or INFO. */
    public LogSetup() {
        this(System.getenv().getOrDefault(LEVEL, ""));
    }

    LogSetup(String level) {
        this.level = level;
    }

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (System.getProperty(ClassicConstants.CONFIG_FILE_PROPERTY) != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        Level known = Level.toLevel(level, null);
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(known == null ? Level.INFO : known);
        root.addAppender(log(context));
        if (known == null && !level.isEmpty()) {
            context.getLogger(LogSetup.class)
                    .warn("{}: '{}' (expected: TRACE, DEBUG, INFO, WARN, ERROR or OFF); it is INFO now", LEVEL, level);
        }
        WARNINGS_ALONE.forEach(name -> context.getLogger(name).setLevel(Level.WARN));
        Logger access = context.getLogger(AccessLog.LOGGER);
        access.setLevel(Level.INFO);
        access.setAdditive(false);
        access.addAppender(access(context));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static Appender<ILoggingEvent> log(LoggerContext context) {
        // The launcher knows whether stderr is a terminal.
        String label = Boolean.getBoolean("jarway.colour") ? COLOURED_LABEL : LABEL;
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%d{HH:mm:ss.SSS} " + label + " %-18logger{0} %msg%n");
        encoder.start();
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setName("log");
        console.setTarget("System.err");
        console.setEncoder(encoder);
        console.start();
        return console;
    }

    /** By a thread of its own: a stdout that takes nothing for a while holds no request up. */
    private static Appender<ILoggingEvent> access(LoggerContext context) {
        StdoutAppender stdout = new StdoutAppender();
        stdout.setContext(context);
        stdout.setName("access");
        stdout.start();
        return stdout;
    }
}
