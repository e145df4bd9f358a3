package io.notagenbench.abc;

import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.generate.ReferenceText;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BodyProgressTest {

    static Stream<String> texts() {
        return Stream.concat(ReferenceText.names().stream().map(name -> ReferenceText.load(name).raw()),
                Stream.of("%p|\n|[V:1]|\n[V:1]|\nx[V:2]a\n|[r:0/1][V:1]c|", "[V:1]c|", "", "%a\n%b|[\n[r:0/9][V:12]z4 |[V:2]"));
    }

    /** A growing text that is looked at from time to time is as far as one that is looked at once. */
    @ParameterizedTest
    @MethodSource("texts")
    void aGrowingTextIsLookedAtOnce(String text) {
        int first = IntStream.rangeClosed(0, text.length())
                .filter(length -> new BodyProgress(0).firstBarComplete(text.substring(0, length))).findFirst().orElse(-1);
        SplittableRandom random = new SplittableRandom(1);
        for (int most : new int[] {1, 3, 16, 200}) {
            BodyProgress progress = new BodyProgress(0);
            int length = 0;
            boolean complete = false;
            int before = 0;
            while (!complete && length < text.length()) {
                before = length;
                length = Math.min(text.length(), length + random.nextInt(1, most + 1));
                complete = progress.firstBarComplete(text.substring(0, length));
            }
            assertThat(complete).isEqualTo(first >= 0);
            assertThat(first < 0 || before < first && first <= length).as("%d to %d", before, length).isTrue();
        }
    }

    @Test
    void aBarOfThePromptIsNotThatOfThePiece() {
        String prompt = "%a\n[V:1]c|[V:2]d|\n";
        BodyProgress progress = new BodyProgress(prompt.length());
        assertThat(progress.firstBarComplete(prompt + "[V:1]e")).isFalse();
        assertThat(progress.firstBarComplete(prompt + "[V:1]e|")).isTrue();
    }
}
