package dev.jarway.runtime.watch;

import static org.awaitility.Awaitility.await;

import java.time.Duration;

/** The pace of a slow writer. */
final class Pace {
    private Pace() {}

    static void pause(Duration length) {
        await().pollDelay(length).atMost(length.plusSeconds(30)).until(() -> true);
    }
}
