package io.notagenbench.abc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatchCodecTest {

    /** The example of notagen.md, section 3. */
    @Test
    void encodesAPromptToFivePatches() {
        int[] ids = PatchCodec.encodePrompt(Prompt.parse("Romantic/Chopin/Keyboard"));

        assertThat(ids).hasSize(5 * 16);
        assertThat(patch(ids, 0)).containsExactly(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2);
        assertThat(PatchCodec.decode(ids, 16, 32)).isEqualTo("%Romantic\n");
        assertThat(PatchCodec.decode(ids, 32, 48)).isEqualTo("%Chopin, Frederi");
        assertThat(patch(ids, 3)).containsExactly('c', '\n', 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        assertThat(PatchCodec.decode(ids, 64, 80)).isEqualTo("%Keyboard\n");
    }

    private static int[] patch(int[] ids, int patch) {
        return Arrays.copyOfRange(ids, patch * 16, patch * 16 + 16);
    }

    @Test
    void aFullPieceNeedsNoEos() {
        List<int[]> patches = PatchCodec.split("0123456789abcdef");

        assertThat(patches).hasSize(1);
        assertThat(patches.get(0)).doesNotContain(2).endsWith('f');
    }

    @Test
    void decodesUpToTheFirstEosAndKeepsWhatIsBelowIt() {
        assertThat(PatchCodec.decode(new int[] {'a', 1, 0, 'b', 2, 'c', 2}, 0, 7)).isEqualTo("a\u0001\u0000b");
        assertThat(PatchCodec.decode(new int[] {2, 'a'}, 0, 2)).isEmpty();
    }
}
