package io.notagenbench.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.abc.Prompt;
import io.notagenbench.params.Parameters;
import io.notagenbench.sampling.SamplerSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenerationSettingsTest {

    @Test
    void areWhatTheParametersSay() {
        assertThat(GenerationSettings.of(Parameters.parse(List.of("patchLength=32", "topK=5", "topP=0.5",
                "temperature=2", "seed=3", "patches=4", "prompt=Romantic/Brahms/Chamber"))))
                .isEqualTo(new GenerationSettings(Prompt.parse("Romantic/Brahms/Chamber"), 32,
                        new SamplerSettings(5, 0.5, 2), 3, 4, Optional.empty(), GenerationSettings.TIME_LIMIT));
    }

    @ParameterizedTest
    @CsvSource({"1200, PT20M", "5400, PT1H30M", "0.5, PT0.5S", "0.000000001, PT0.000000001S"})
    void aPieceHasTheSecondsThatItIsAllowed(String seconds, Duration limit) {
        assertThat(GenerationSettings.of(Parameters.parse(List.of("timeLimit=" + seconds))).timeLimit()).isEqualTo(limit);
    }

    @Test
    void noTimeLimitIsNone() {
        assertThat(GenerationSettings.of(Parameters.parse(List.of("timeLimit=0"))).timeLimit())
                .isGreaterThan(Duration.ofDays(365_000));
        assertThat(GenerationSettings.of(Parameters.defaults()).timeLimit()).isEqualTo(Duration.ofMinutes(20));
    }

    @Test
    void theDefaultsAreTheArticles() {
        GenerationSettings settings = GenerationSettings.of(Parameters.defaults());
        assertThat(settings.sampling()).isEqualTo(new SamplerSettings(9, 0.9, 1.2));
        assertThat(settings.patchLength()).isEqualTo(64);
        assertThat(settings.prompt().label()).isEqualTo("Romantic/Chopin-Frederic/Keyboard");
    }
}
