package dev.jarway.runtime.observability;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator.ExecutionStatus;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import ch.qos.logback.core.spi.LifeCycle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class LogSetupTest {
    private final LoggerContext context = new LoggerContext();

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void sendsTheAccessLogToItsOwnPlaceAlone() {
        assertThat(new LogSetup("").configure(context)).isEqualTo(ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY);

        var access = context.getLogger("jarway.access");
        assertThat(access.isAdditive()).isFalse();
        assertThat(access.getLevel()).isEqualTo(Level.INFO);
        assertThat(access.iteratorForAppenders())
                .toIterable()
                .singleElement()
                .isInstanceOf(StdoutAppender.class)
                .satisfies(appender ->
                        assertThat(((LifeCycle) appender).isStarted()).isTrue());
        assertThat(level(Logger.ROOT_LOGGER_NAME)).isEqualTo(Level.INFO);
        assertThat(level("io.netty")).isEqualTo(Level.WARN);
    }

    @Test
    void logsAsMuchAsTheEnvironmentSays() {
        new LogSetup("debug").configure(context);

        assertThat(level(Logger.ROOT_LOGGER_NAME)).isEqualTo(Level.DEBUG);
        assertThat(level("io.netty")).isEqualTo(Level.WARN);
    }

    @Test
    void saysWhatItDoesNotTakeForALevel() {
        var told = new ListAppender<ILoggingEvent>();
        told.start();
        context.getLogger(LogSetup.class).addAppender(told);

        new LogSetup("loud").configure(context);

        assertThat(level(Logger.ROOT_LOGGER_NAME)).isEqualTo(Level.INFO);
        assertThat(told.list)
                .singleElement()
                .satisfies(event -> assertThat(event.getFormattedMessage())
                        .startsWith("JARWAY_LOG_LEVEL: 'loud' (expected: TRACE,"));
    }

    @Test
    void leavesItToAFileThatIsNamed() {
        System.setProperty("logback.configurationFile", "mine.xml");
        try {
            assertThat(new LogSetup("").configure(context)).isEqualTo(ExecutionStatus.INVOKE_NEXT_IF_ANY);
        } finally {
            System.clearProperty("logback.configurationFile");
        }
        assertThat(context.getLogger(Logger.ROOT_LOGGER_NAME)
                        .iteratorForAppenders()
                        .hasNext())
                .isFalse();
    }

    private Level level(String logger) {
        return context.getLogger(logger).getLevel();
    }
}
