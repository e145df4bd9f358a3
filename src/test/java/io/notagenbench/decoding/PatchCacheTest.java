package io.notagenbench.decoding;

import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.notagenbench.engine.EngineSession;
import io.notagenbench.engine.NotaGenModel;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PatchCacheTest {

    private static final int PATCHES = 9;

    private final int[] context = new Random(4).ints((long) PATCHES * PATCH_SIZE, 32, 127).toArray();
    private NotaGenModel model;

    @BeforeAll
    void open() {
        model = TinyOnnx.open();
    }

    @AfterAll
    void close() {
        model.close();
    }

    private float[] hidden(EngineSession session) {
        float[] hidden = new float[model.config().hidden()];
        session.hiddenState(hidden);
        return hidden;
    }

    private float[] prefilled(int[] ids, int patches) {
        try (EngineSession session = model.newSession(PATCHES)) {
            session.forwardPatches(ids, 0, 0, patches);
            return hidden(session);
        }
    }

    @Test
    void holdsTheHiddenStateOfTheNewestPatchWhateverIsKept() {
        int[] other = context.clone();
        Arrays.fill(other, 4 * PATCH_SIZE, other.length, 'B');
        try (EngineSession session = model.newSession(PATCHES)) {
            PatchCache cache = new PatchCache(session);
            for (int patches : new int[] {7, 8, 9}) {
                assertThat(cache.encode(context, patches)).isTrue();
                assertThat(hidden(session)).containsExactly(prefilled(context, patches), offset(2e-5f));
            }
            assertThat(cache.encode(context, 9)).as("it is there already").isFalse();
            for (int patches : new int[] {6, 4, 5, 9}) {
                cache.truncate(4);
                assertThat(cache.encode(other, patches)).isTrue();
                assertThat(hidden(session)).containsExactly(prefilled(other, patches), offset(2e-5f));
            }
            cache.truncate(9);
            assertThat(cache.encode(other, 9)).isFalse();
            cache.truncate(0);
            assertThat(cache.encode(context, 2)).isTrue();
            assertThat(hidden(session)).containsExactly(prefilled(context, 2), offset(2e-5f));
        }
    }
}
