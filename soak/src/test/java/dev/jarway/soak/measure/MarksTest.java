package dev.jarway.soak.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MarksTest {
    private final Marks marks = new Marks(EnumSet.of(Mark.CONFIG));

    @Test
    void takesForStaleWhatIsOlderThanTheAcknowledgementBeforeTheRequest() {
        marks.acknowledge(Mark.CONFIG, marks.begin(Mark.CONFIG));

        assertThat(judge(marks.floor(), "1")).isInstanceOf(Marks.Verdict.Stale.class);
    }

    @Test
    void takesEitherWhileASwapIsUnderWay() {
        Map<Mark, Long> floor = marks.floor();
        marks.begin(Mark.CONFIG);

        assertThat(judge(floor, "1")).isInstanceOf(Marks.Verdict.Fresh.class);
        assertThat(judge(floor, "2")).isInstanceOf(Marks.Verdict.Fresh.class);
    }

    @Test
    void takesTheOldOneOfARequestThatWasSentBeforeTheAcknowledgement() {
        Map<Mark, Long> floor = marks.floor();
        marks.acknowledge(Mark.CONFIG, marks.begin(Mark.CONFIG));

        assertThat(judge(floor, "1")).isInstanceOf(Marks.Verdict.Fresh.class);
    }

    @Test
    void takesForWrongWhatWasNeverBegunOrIsMissing() {
        assertThat(judge(marks.floor(), "2")).isInstanceOf(Marks.Verdict.Wrong.class);
        assertThat(marks.judge(marks.floor(), name -> null)).isInstanceOf(Marks.Verdict.Wrong.class);
    }

    private Marks.Verdict judge(Map<Mark, Long> floor, String stamp) {
        return marks.judge(floor, Map.of("x-config", stamp)::get);
    }
}
