package io.notagenbench.arms;

import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.sampling.Sampler;
import io.notagenbench.sampling.SamplerSettings;
import org.junit.jupiter.api.Test;

class DrawLogTest {

    @Test
    void theFirstDrawThatDiffersIsFoundAlthoughOneArmDrewMore() {
        Sampler sampler = new Sampler(new SamplerSettings(0, 1, 1));
        sampler.sample(new float[128], 0, 0.5);
        DrawLog one = DrawLog.withMargins();
        DrawLog other = DrawLog.withMargins();
        one.drawn(sampler, 0.1, 'a');
        one.drawn(sampler, 0.2, 'b');
        one.drawn(sampler, 0.3, 'c');
        other.drawn(sampler, 0.1, 'a');
        other.drawn(sampler, 0.3, 'd');
        DrawLog.Divergence divergence = one.divergence(other).orElseThrow();
        assertThat(divergence.number()).isEqualTo(2);
        assertThat(divergence.first()).isEqualTo('c');
        assertThat(divergence.second()).isEqualTo('d');
        assertThat(divergence.margin()).isPositive().isLessThan(1 / 128.0);
        assertThat(one.divergence(one)).isEmpty();
    }

    @Test
    void aDrawInsideAnEngineIsJudgedByTheMarginOfTheOther() {
        Sampler sampler = new Sampler(new SamplerSettings(0, 1, 1));
        int id = sampler.sample(new float[128], 0, 0.505);
        DrawLog one = DrawLog.withMargins();
        DrawLog inside = DrawLog.withMargins();
        DrawLog another = DrawLog.withMargins();
        one.drawn(sampler, 0.505, id);
        inside.drawnInside(0.505, id + 1);
        another.drawnInside(0.505, id + 2);
        assertThat(one.divergence(inside).orElseThrow().margin()).isEqualTo(sampler.margin(0.505));
        assertThat(inside.divergence(one).orElseThrow().margin()).isEqualTo(sampler.margin(0.505));
        assertThat(inside.divergence(another).orElseThrow().margin()).isInfinite();
    }

    @Test
    void marginsAreMeasuredOnlyWhereTheyAreAskedFor() {
        Sampler sampler = new Sampler(new SamplerSettings(0, 1, 1));
        int id = sampler.sample(new float[128], 0, 0.505);
        DrawLog one = DrawLog.withoutMargins();
        DrawLog other = DrawLog.withoutMargins();
        one.drawn(sampler, 0.505, id);
        other.drawn(sampler, 0.505, id + 1);
        assertThat(one.divergence(other).orElseThrow().margin()).isInfinite();
    }

    @Test
    void drawsBehindTheEndOfAPatchDoNotMatter() {
        assertThat(log(0.1, 'a', 0.2, 'b').sameAs(log(0.1, 'a', 0.2, 'b', 0.3, 'c'))).isTrue();
        assertThat(log(0.1, 'a', 0.2, 'b', 0.3, 'c').sameAs(log(0.1, 'a', 0.2, 'b'))).isTrue();
    }

    @Test
    void anotherCharacterOrAMissingDrawIsADifference() {
        assertThat(log(0.1, 'a', 0.2, 'b').sameAs(log(0.1, 'a', 0.2, 'c'))).isFalse();
        assertThat(log(0.1, 'a', 0.2, 'b').sameAs(log(0.1, 'a', 0.3, 'b'))).isFalse();
        assertThat(log(0.1, 'a').sameAs(log(0.2, 'a'))).isFalse();
        assertThat(log().sameAs(log())).as("nothing was compared").isFalse();
        assertThat(log(0.1, 'a').sameAs(log())).isFalse();
    }

    @Test
    void clearedDrawsDoNotCount() {
        DrawLog log = log(0.1, 'x');
        log.clear();
        log.drawnInside(0.2, 'b');
        assertThat(log.sameAs(log(0.2, 'b'))).isTrue();
    }

    /** @param draws uniform number and character of each */
    private static DrawLog log(double... draws) {
        DrawLog log = DrawLog.withoutMargins();
        for (int i = 0; i < draws.length; i += 2) {
            log.drawnInside(draws[i], (int) draws[i + 1]);
        }
        return log;
    }
}
