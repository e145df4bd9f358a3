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
            for (int patches : new int[] {7, 8, 9, 9}) {
                encode(cache, session, context, patches);
            }
            assertThat(cache.work()).as("what is there is not run again").isEqualTo(new PatchWork(3, 9, 0, 0));
            for (int patches : new int[] {6, 4, 5, 9}) {
                cache.truncate(4);
                encode(cache, session, other, patches);
            }
            assertThat(cache.work()).isEqualTo(new PatchWork(7, 9 + 2 + 1 + 1 + 5, 0, 0));
            cache.truncate(9);
            encode(cache, session, other, 9);
            assertThat(cache.work().passes()).isEqualTo(7);
            cache.truncate(0);
            encode(cache, session, context, 2);
        }
    }

    private void encode(PatchCache cache, EngineSession session, int[] ids, int patches) {
        cache.encode(ids, patches);
        assertThat(hidden(session)).containsExactly(prefilled(ids, patches), offset(2e-5f));
    }

    private int[] patch(int position) {
        return Arrays.copyOfRange(context, position * PATCH_SIZE, (position + 1) * PATCH_SIZE);
    }

    @Test
    void aDraftedPatchThatComesNeedsNoPass() {
        try (EngineSession session = model.newSession(PATCHES)) {
            PatchCache cache = new PatchCache(session);
            encode(cache, session, context, 3);
            assertThat(cache.lacksOne(4)).isTrue();
            cache.encode(context, 4, patch(4));
            assertThat(hidden(session)).containsExactly(prefilled(context, 4), offset(2e-5f));
            cache.acceptDraft(context, 5);
            assertThat(hidden(session)).containsExactly(prefilled(context, 5), offset(2e-5f));
            cache.acceptDraft(context, 6);
            encode(cache, session, context, 6);
            assertThat(cache.work()).isEqualTo(new PatchWork(3, 3 + 2 + 1, 1, 1));
        }
    }

    @Test
    void aDraftedPatchThatDoesNotComeIsRunOver() {
        try (EngineSession session = model.newSession(PATCHES)) {
            PatchCache cache = new PatchCache(session);
            encode(cache, session, context, 3);
            cache.encode(context, 4, patch(7));
            cache.acceptDraft(context, 5);
            assertThat(cache.lacksOne(5)).isTrue();
            encode(cache, session, context, 5);
            encode(cache, session, context, 6);
            assertThat(cache.work()).isEqualTo(new PatchWork(4, 3 + 2 + 1 + 1, 1, 0));
            cache.encode(context, 7, patch(7));
            cache.truncate(2);
            cache.acceptDraft(context, 8);
            encode(cache, session, context, 8);
            assertThat(cache.work().accepted()).as("no draft outlives a cut").isZero();
        }
    }
}
