package io.notagenbench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.report.CardPrediction.Supposition;
import org.junit.jupiter.api.Test;

class CardPredictionTest {

    private static final ModelConfig LARGE = new ModelConfig(20, 6, 1280, 1024);

    /** notagen.md, section 6: 1.59 GB of patch level and 16 times 0.473 GB of char level in fp32. */
    @Test
    void aSlowBusIsAllThatCounts() {
        CardPrediction bytes = CardPrediction.of(LARGE, 47, 1, 1e9, new Supposition(1, 1, 0, 0));
        assertThat(bytes.boundBy()).isEqualTo("bandwidth");
        assertThat(bytes.milliseconds() / 1e3).isEqualTo(1.59 + 16 * 0.473, within(0.1));
    }

    /** notagen.md, section 6: 51 GFLOP of patch level at a context of 64 and 32 of char level. */
    @Test
    void slowArithmeticIsAllThatCounts() {
        CardPrediction operations = CardPrediction.of(LARGE, 64, 1e9, 1e-3, new Supposition(1, 1, 0, 0));
        assertThat(operations.boundBy()).isEqualTo("arithmetic");
        assertThat(operations.milliseconds() / 1e3).isEqualTo(51 + 32, within(1.0));
    }

    @Test
    void everyBlockOfEveryPassIsLaunched() {
        CardPrediction launches = CardPrediction.of(LARGE, 47, 1e9, 1e9, new Supposition(1, 1, 10, 100));
        assertThat(launches.boundBy()).isEqualTo("launches");
        assertThat(launches.milliseconds()).isEqualTo((20 + 16 * 6) * CardPrediction.KERNELS * 0.01 + 16 * 0.1, within(1e-9));
    }

    @Test
    void theWorseSuppositionIsNeverFaster() {
        for (PublishedTest.Card card : PublishedTest.CARDS) {
            assertThat(CardPrediction.of(LARGE, 47, card.bandwidth(), card.teraflops(), CardPrediction.FAST).milliseconds())
                    .isLessThan(CardPrediction.of(LARGE, 47, card.bandwidth(), card.teraflops(), CardPrediction.SLOW)
                            .milliseconds());
        }
    }
}
