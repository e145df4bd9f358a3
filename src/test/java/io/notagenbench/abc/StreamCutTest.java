package io.notagenbench.abc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rule 6 of notagen.md, section 3. */
class StreamCutTest {

    private static final String HEAD = "%P\n%C\n%I\nL:1/8\n";

    private static List<String> decode(int[] ids) {
        List<String> patches = new ArrayList<>();
        for (int start = 0; start < ids.length; start += 16) {
            patches.add(PatchCodec.decode(ids, start, Math.min(start + 16, ids.length)));
        }
        return patches.subList(1, patches.size());
    }

    private static String lines(int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append("[r:").append(i).append("/9][V:1]C|[V:2]D|\n");
        }
        return text.toString();
    }

    @Test
    void keepsTheMetadataAndTheNewerHalfOfTheBody() {
        int[] ids = new StreamCut().cut(HEAD + lines(0, 5), 64).orElseThrow();

        assertThat(String.join("", decode(ids))).isEqualTo(HEAD + lines(3, 5));
    }

    @Test
    void splitsLinesIntoBarsAndLeavesTheLastPatchPartial() {
        int[] ids = new StreamCut().cut(HEAD + lines(0, 4), 64).orElseThrow();

        assertThat(decode(ids)).containsExactly("%P\n", "%C\n", "%I\n", "L:1/8\n", "[r:2/9][V:1]C", "|[V:2]D|\n",
                "[r:3/9][V:1]C", "|[V:2]D|\n");
        assertThat(ids.length % 16).isEqualTo("|[V:2]D|\n".length());
        assertThat(ids[ids.length - 1]).isEqualTo('\n');
    }

    @Test
    void aFullLastPatchIsComplete() {
        int[] ids = new StreamCut().cut(HEAD + "[V:1]A|\n[V:1]0123456789a|", 64).orElseThrow();

        assertThat(ids.length % 16).isEqualTo(1);
        int[] full = new StreamCut().cut(HEAD + "[V:1]A|\n[V:1]0123456789a", 64).orElseThrow();
        assertThat(full.length % 16).isZero();
        assertThat(full[full.length - 1]).isEqualTo('a');
    }

    @Test
    void keepsAnUnfinishedLastLineThatEndsInABarline() {
        int[] ids = new StreamCut().cut(HEAD + lines(0, 3) + "[r:3/9][V:1]C|", 64).orElseThrow();

        assertThat(decode(ids)).endsWith("[r:3/9][V:1]C|");
    }

    @Test
    void keepsTheNumberOfLinesOfTheFirstCut() {
        StreamCut cut = new StreamCut();
        cut.cut(HEAD + lines(0, 4), 64);

        int[] ids = cut.cut(HEAD + lines(0, 9), 64).orElseThrow();

        assertThat(String.join("", decode(ids))).isEqualTo(HEAD + lines(7, 9));
    }

    @Test
    void dropsTheOldestLinesDownToThreeQuartersOfTheWindow() {
        // metadata has 5 patches with BOS, each line 2; half of 40 lines would be 45 patches
        int[] ids = new StreamCut().cut(HEAD + lines(0, 40), 24).orElseThrow();

        assertThat((ids.length + 15) / 16).isLessThanOrEqualTo(18).isGreaterThan(16);
        assertThat(String.join("", decode(ids))).isEqualTo(HEAD + lines(34, 40));
    }

    @Test
    void findsNothingToCut() {
        assertThat(new StreamCut().cut(HEAD, 8)).isEqualTo(Optional.empty());
        assertThat(new StreamCut().cut(HEAD + lines(0, 1), 8)).isEmpty();
        assertThat(new StreamCut().cut(HEAD + "[V:1]A|", 8)).isEmpty();
        assertThat(new StreamCut().cut(HEAD.repeat(4) + lines(0, 4), 16)).as("the metadata alone fills the window")
                .isEmpty();
    }
}
