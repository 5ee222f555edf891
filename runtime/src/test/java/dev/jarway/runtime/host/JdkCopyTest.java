package dev.jarway.runtime.host;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.chrono.ThaiBuddhistDate;
import java.util.AbstractList;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JdkCopyTest {
    private final Map<String, String> refused = new LinkedHashMap<>();

    @Test
    void copiesAllThatTwoClassLoadersHaveInCommon() {
        var state = new LinkedHashMap<String, Object>();
        var plain = List.of("text", true, (byte) 1, (short) 2, 'c', 3, 4L, 5f, 6d);
        var times = List.of(
                Instant.EPOCH,
                Duration.ofDays(1),
                Period.ofDays(1),
                LocalDate.EPOCH,
                DayOfWeek.MONDAY,
                ZoneOffset.UTC,
                ZoneId.of("Europe/Zurich"));
        state.put("plain", plain);
        state.put("times", times);
        state.put("nested", Map.of(1, Set.of(List.of("deep"))));

        assertThat(JdkCopy.of(state, refused::put)).isEqualTo(state);
        assertThat(refused).isEmpty();
    }

    @Test
    void sharesNothingThatCanChange() {
        var inner = new ArrayList<>(List.of("a"));
        var state = new HashMap<String, Object>(Map.of("list", inner, "map", new HashMap<>(Map.of("k", inner))));

        var copy = JdkCopy.of(state, refused::put);
        inner.add("b");
        state.clear();

        assertThat(copy).isEqualTo(Map.of("list", List.of("a"), "map", Map.of("k", List.of("a"))));
        assertThatThrownBy(copy::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> ((List<?>) requireNonNull(copy.get("list"))).clear())
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> ((Map<?, ?>) requireNonNull(copy.get("map"))).clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void replacesCollectionClassesOfOthers() {
        var own = new OwnList();
        var sorted = new TreeMap<String, Object>(Collections.reverseOrder(new OwnOrder()));
        sorted.put("a", 1);
        sorted.put("b", 2);

        var copy = JdkCopy.of(Map.of("own", own, "sorted", sorted), refused::put);

        assertThat(copy).isEqualTo(Map.of("own", List.of("own"), "sorted", Map.of("a", 1, "b", 2)));
        assertThat(copy.get("own")).isNotInstanceOf(OwnList.class);
        assertThat(copy.get("sorted")).hasToString("{b=2, a=1}");
        assertThat(copy.get("sorted")).isNotInstanceOf(TreeMap.class);
    }

    @Test
    void keepsTheOrderOfSets() {
        var order = new LinkedHashSet<>(List.of("z", "a", "m"));

        assertThat(JdkCopy.of(Map.of("set", order), refused::put).get("set")).hasToString("[z, a, m]");
    }

    static List<Object> foreigners() {
        return List.of(
                new OwnList.Element(),
                new AtomicLong(1),
                TimeUnit.DAYS,
                Foreign.ENUM,
                new int[0],
                String.class,
                new ArrayDeque<>(List.of("x")),
                Clock.systemUTC(),
                ThaiBuddhistDate.now(ZoneOffset.UTC),
                List.of(new AtomicLong(1)),
                Set.of(Foreign.ENUM),
                Map.of(Foreign.ENUM, 1),
                Map.of(1, Foreign.ENUM),
                Collections.singletonList(null));
    }

    @ParameterizedTest
    @MethodSource("foreigners")
    void leavesOutAllElseAndNamesItsKey(Object foreign) {
        assertThat(JdkCopy.of(Map.of("foreign", foreign, "fine", 1), refused::put))
                .isEqualTo(Map.of("fine", 1));
        assertThat(refused).containsOnlyKeys("foreign");
        assertThat(refused.get("foreign"))
                .endsWith(
                        "(expected: text, boxed primitives, java.time types, " + "and lists, sets and maps of these)");
    }

    @Test
    void leavesOutAKeyThatIsNoText() {
        assertThat(JdkCopy.of(Map.of(Foreign.ENUM, "x"), refused::put)).isEmpty();
        assertThat(refused).containsOnlyKeys(Foreign.class.getName());
    }

    @Test
    void leavesOutWhatContainsItself() {
        var self = new ArrayList<Object>();
        self.add(self);

        assertThat(JdkCopy.of(Map.of("self", self), refused::put)).isEmpty();
        assertThat(refused.get("self")).startsWith("nested deeper than 32");
    }

    @Test
    void endsWhenItsThreadIsInterrupted() {
        var endless = new AbstractList<Object>() {
            @Override
            public Object get(int index) {
                if (index == 1_000) {
                    Thread.currentThread().interrupt();
                }
                return List.of("x");
            }

            @Override
            public int size() {
                return Integer.MAX_VALUE;
            }
        };

        assertThatThrownBy(() -> JdkCopy.of(Map.of("endless", endless), refused::put))
                .isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    private enum Foreign {
        ENUM
    }

    private static final class OwnOrder implements Comparator<String> {
        @Override
        public int compare(String one, String other) {
            return one.compareTo(other);
        }
    }

    private static final class OwnList extends AbstractList<String> {
        @Override
        public String get(int index) {
            return "own";
        }

        @Override
        public int size() {
            return 1;
        }

        private record Element() {}
    }
}
