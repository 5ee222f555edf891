package dev.jarway.samples.sqlauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyTableTest {
    private static final Map<String, String> KEYS = Map.of("alice", "a-secret", "bob", "b-secret");

    @Test
    void findsTheUserOfAKey() throws SQLException {
        try (var table = KeyTable.of(KEYS)) {
            assertThat(table.userOf("a-secret")).contains("alice");
            assertThat(table.userOf("b-secret")).contains("bob");
        }
    }

    @Test
    void findsNobodyForAnyOtherText() throws SQLException {
        try (var table = KeyTable.of(KEYS)) {
            for (var text : List.of("", "alice", "A-SECRET", "a-secret ", "' or '1'='1")) {
                assertThat(table.userOf(text)).as(text).isEmpty();
            }
        }
    }

    @Test
    void answersManyVirtualThreadsAtOnce() throws SQLException, InterruptedException, ExecutionException {
        Callable<Optional<String>> ask;
        List<Future<Optional<String>>> answers;

        try (var table = KeyTable.of(KEYS);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            ask = () -> table.userOf("a-secret");
            answers =
                    threads.invokeAll(IntStream.range(0, 200).mapToObj(i -> ask).toList());
        }

        for (var answer : answers) {
            assertThat(answer.get()).contains("alice");
        }
    }

    @Test
    void keepsTablesApart() throws SQLException {
        try (var one = KeyTable.of(Map.of("alice", "secret"));
                var other = KeyTable.of(Map.of("bob", "secret"))) {
            assertThat(one.userOf("secret")).contains("alice");
            assertThat(other.userOf("secret")).contains("bob");
        }
    }

    @Test
    void refusesAKeyThatTwoUsersShare() {
        assertThatThrownBy(() -> KeyTable.of(Map.of("alice", "same", "bob", "same")))
                .isInstanceOf(SQLException.class);
    }

    @Test
    void leavesNoDriverWithTheJvm() throws SQLException {
        try (var table = KeyTable.of(KEYS)) {
            assertThat(table.userOf("a-secret")).isPresent();
            assertThat(DriverManager.drivers()).isEmpty();
        }
    }

    @Test
    void isGoneOnceClosed() throws SQLException {
        var table = KeyTable.of(KEYS);
        table.close();

        assertThatThrownBy(() -> table.userOf("a-secret")).hasMessageContaining("API_KEY");
    }
}
