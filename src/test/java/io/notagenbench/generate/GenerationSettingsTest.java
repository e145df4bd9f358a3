package io.notagenbench.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.abc.Prompt;
import io.notagenbench.params.Parameters;
import io.notagenbench.sampling.SamplerSettings;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GenerationSettingsTest {

    @Test
    void areWhatTheParametersSay() {
        assertThat(GenerationSettings.of(Parameters.parse(List.of("patchLength=32", "topK=5", "topP=0.5",
                "temperature=2", "seed=3", "patches=4", "prompt=Romantic/Brahms/Chamber"))))
                .isEqualTo(new GenerationSettings(Prompt.parse("Romantic/Brahms/Chamber"), 32,
                        new SamplerSettings(5, 0.5, 2), 3, 4, Optional.empty(), GenerationSettings.TIME_LIMIT));
    }

    @Test
    void theDefaultsAreTheArticles() {
        GenerationSettings settings = GenerationSettings.of(Parameters.defaults());
        assertThat(settings.sampling()).isEqualTo(new SamplerSettings(9, 0.9, 1.2));
        assertThat(settings.patchLength()).isEqualTo(64);
        assertThat(settings.prompt().label()).isEqualTo("Romantic/Chopin-Frederic/Keyboard");
    }
}
