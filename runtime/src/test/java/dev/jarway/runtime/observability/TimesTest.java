package dev.jarway.runtime.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class TimesTest {

    @Test
    void countsEachTimeWhereAHistogramOfItsFormDoes() {
        Times times = new Times();
        Histogram expected = Latencies.own();
        for (int bit = 0; 1L << bit <= Latencies.LONGEST; bit++) {
            for (long part = 0; part < 32; part++) {
                long micros = Math.min(Latencies.LONGEST, (1L << bit) + (part << bit >> 5));
                times.record(TimeUnit.MICROSECONDS.toNanos(micros));
                expected.recordValue(micros);
            }
        }
        times.record(999);
        expected.recordValue(0);

        Histogram counted = Latencies.own();
        times.addTo(counted);

        assertThat(counted).isEqualTo(expected);
        assertThat(counted.getMaxValue()).isEqualTo(expected.getMaxValue());
    }

    @Test
    void countsWhatIsTooLongAsTheLongestThatItCanTell() {
        Times times = new Times();

        times.record(TimeUnit.DAYS.toNanos(2));
        times.record(-1);

        Histogram counted = Latencies.own();
        times.addTo(counted);
        assertThat(counted.getTotalCount()).isEqualTo(2);
        assertThat(counted.getCountAtValue(Latencies.LONGEST)).isEqualTo(1);
        assertThat(counted.getCountAtValue(0)).isEqualTo(1);
    }
}
