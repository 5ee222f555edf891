package dev.jarway.runtime;

import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One process takes over from another under load. {@code -Dupgrades=20} makes it long. */
@EnabledOnOs(OS.LINUX)
@Timeout(600)
class UpgradeTest {
    private static final Logger log = LoggerFactory.getLogger(UpgradeTest.class);
    private static final int UPGRADES = Integer.getInteger("upgrades", 1);
    private static final int ONE_SHOT_PER_SECOND = Integer.getInteger("oneshot", 400);
    private static final int KEPT_PER_SECOND = Integer.getInteger("kept", 300);

    @TempDir
    Path temp;

    private UpgradeDirectory directory;

    @BeforeEach
    void makeDirectory() throws IOException {
        directory = UpgradeDirectory.in(temp);
    }

    @AfterEach
    void stopWhoeverIsInCharge() {
        directory.close();
    }

    @Test
    void failsNoRequestWhileProcessesSucceedOneAnother() throws Exception {
        GatewayProcess first = GatewayProcess.gateway(temp);
        int port = first.port("web");
        try (first;
                UpgradeLoad load = UpgradeLoad.on(port, ONE_SHOT_PER_SECOND, KEPT_PER_SECOND)) {
            for (int upgrade = 0; upgrade < UPGRADES; upgrade++) {
                ProcessHandle before = ProcessHandle.of(directory.inCharge()).orElseThrow();
                try (TricklingUpload upload = TricklingUpload.to(port)) {
                    upload.send("begun, ");

                    GatewayProcess command = GatewayProcess.upgrade(temp);
                    assertThat(command.status()).as(command::output).isZero();
                    long now = directory.inCharge();

                    assertThat(now).isNotEqualTo(before.pid());
                    await().atMost(PATIENCE).until(() -> isSolelyServedBy(port, now));
                    upload.send("ended");
                    assertThat(upload.finish())
                            .contains("begun, ")
                            .contains("ended")
                            .contains("x-process: " + before.pid());
                    await().atMost(PATIENCE).until(() -> !before.isAlive());
                    assertThat(load.answered(String.valueOf(before.pid()))).isPositive();
                }
            }
            await().atMost(PATIENCE).until(() -> load.answered(String.valueOf(directory.inCharge())) > KEPT_PER_SECOND);
            load.stop();

            log.info(
                    "{} upgrades, {} requests, {} failed",
                    UPGRADES,
                    load.answered(),
                    load.failures().size());
            assertThat(load.failures()).isEmpty();
            assertThat(first.status()).isZero();
        }
    }

    private static boolean isSolelyServedBy(int port, long process) throws IOException {
        for (int i = 0; i < 5; i++) {
            if (!UpgradeDirectory.get(port).endsWith(String.valueOf(process))) {
                return false;
            }
        }
        return true;
    }
}
