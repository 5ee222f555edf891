package dev.jarway.runtime.observability;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The appender of Logback's that brings the access log to stdout. Who logs does not wait for that: a terminal or a pipe that takes
 * nothing for a while would hold all requests up. {@link #stop} waits for what has been logged, for two seconds at most.
 */
public final class StdoutAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
    private static final Logger log = LoggerFactory.getLogger(StdoutAppender.class);
    private static final long LAST_LINES_MILLIS = 2_000;

    private @Nullable LineWriter writer;

    @Override
    public void start() {
        LineWriter begun = new LineWriter(System.out, StdoutAppender::tell);
        begun.start();
        writer = begun;
        super.start();
    }

    private static void tell(long lost) {
        log.warn("The access log lacks {} lines: stdout did not take them in time", lost);
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (writer != null) {
            writer.add(event.getFormattedMessage());
        }
    }

    @Override
    public void stop() {
        super.stop();
        try {
            if (writer != null) {
                writer.stop(LAST_LINES_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
