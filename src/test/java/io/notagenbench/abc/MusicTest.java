package io.notagenbench.abc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MusicTest {

    @Test
    void countsWhatComesAfterAPrompt() {
        String prompt = "L:1/8\nM:4/4\n[V:1]c8|\n[V:1]c4 ";
        String text = prompt + "c4|\n[V:1]d8|\n";

        assertThat(Music.of(text, prompt.length())).isEqualTo(new Music(2, 4.0));
        assertThat(Music.of(text)).isEqualTo(new Music(3, 6.0));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "L:1/8 M:4/4 K:C [V:1]c8|[V:2]C8|; 1; 2.0",
        "L:1/8 Q:1/4=60 M:4/4 [V:1]c8| [V:1]c4|]; 2; 6.0",
        "L:1/4 Q:\"Allegro\" 1/2=120 M:2/2 [V:1]c4|; 1; 1.0",
        "L:1/8 Q:90 M:3/4 [V:1][C2E2]|; 1; 2.0",
        "L:1/8 M:C [V:1][C2E2]| [r:1/0][V:1][M:3/4]A//|; 2; 3.5",
        "%Romantic L:1/8; 0; 0"})
    void countsBarsAndSeconds(String lines, int bars, double seconds) {
        Music music = Music.of(lines.replace(" ", "\n").replace("\"\n1/2", "\" 1/2"));

        assertThat(music.bars()).isEqualTo(bars);
        assertThat(music.seconds()).isEqualTo(seconds);
    }
}
