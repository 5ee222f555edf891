package dev.jarway.runtime.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class StartTurnsTest {
    private final Queue<Runnable> soon = new ArrayDeque<>();
    private final Queue<Runnable> afterOthers = new ArrayDeque<>();
    private final StartTurns turns = new StartTurns(soon::add, afterOthers::add);
    private final List<String> begun = new ArrayList<>();

    @Test
    void beginsAfterTheEventUnderWay() {
        await("a", 1);
        assertThat(begun).isEmpty();

        soon.remove().run();

        assertThat(begun).containsExactly("a1");
        assertThat(soon).isEmpty();
        assertThat(afterOthers).isEmpty();
    }

    @Test
    void beginsFourAndLetsOthersBeServedInBetween() {
        for (int i = 1; i <= 9; i++) {
            await("a", i);
        }
        assertThat(soon).hasSize(1);

        soon.remove().run();
        assertThat(begun).containsExactly("a1", "a2", "a3", "a4");

        afterOthers.remove().run();
        assertThat(begun).hasSize(8);

        afterOthers.remove().run();
        assertThat(begun).hasSize(9).endsWith("a9");
        assertThat(afterOthers).isEmpty();
    }

    @Test
    void hasTheConnectionsTakeTurns() {
        for (int i = 1; i <= 6; i++) {
            await("a", i);
        }
        await("b", 1);
        await("c", 1);

        soon.remove().run();
        assertThat(begun).containsExactly("a1", "b1", "c1", "a2");

        await("b", 2);
        afterOthers.remove().run();
        assertThat(begun).containsExactly("a1", "b1", "c1", "a2", "a3", "b2", "a4", "a5");
        assertThat(soon).isEmpty();
    }

    @Test
    void isSoonDoneWithThoseThatAreGone() {
        for (int i = 1; i <= 65; i++) {
            String name = "a" + i;
            await("a", true, () -> begun.add(name));
        }
        await("b", 1);

        soon.remove().run();
        assertThat(begun).hasSize(49).contains("a48", "b1").doesNotContain("a49");

        afterOthers.remove().run();
        assertThat(begun).hasSize(66);
    }

    @Test
    void goesOnAfterOneThatFails() {
        await("a", false, () -> {
            throw new IllegalStateException("first");
        });
        await("a", 2);

        assertThatThrownBy(soon.remove()::run).hasMessage("first");
        afterOthers.remove().run();

        assertThat(begun).containsExactly("a2");
    }

    @Test
    void startsAnewWhenNobodyHasWaited() {
        await("a", 1);
        soon.remove().run();
        await("a", 2);

        soon.remove().run();

        assertThat(begun).containsExactly("a1", "a2");
    }

    private void await(String connection, int number) {
        await(connection, false, () -> begun.add(connection + number));
    }

    private void await(String connection, boolean gone, Runnable begin) {
        turns.await(connection, new StartTurns.Waiting() {
            @Override
            public boolean isGone() {
                return gone;
            }

            @Override
            public void begin() {
                begin.run();
            }
        });
    }
}
