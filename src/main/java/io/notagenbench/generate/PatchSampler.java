package io.notagenbench.generate;

import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;
import static io.notagenbench.engine.PatchDraws.NONE;

import io.notagenbench.decoding.CharChooser;
import io.notagenbench.engine.PatchDraws;
import io.notagenbench.sampling.NumpyRandom;
import io.notagenbench.sampling.Sampler;
import io.notagenbench.sampling.SamplerSettings;
import java.util.Arrays;
import java.util.Optional;

/**
 * Chooses the characters of a piece: samples each with the uniform number of its slot, then lets the trace, where there
 * is one, overrule. A call with n free slots takes the next n uniforms of the stream, whether or not it stops early
 * (notagen.md, section 2), so that every decoding sees the same numbers.
 */
final class PatchSampler implements CharChooser {

    private final SamplerSettings settings;
    private final Sampler sampler;
    private final NumpyRandom random;
    private final Optional<TraceCursor> cursor;
    private final DrawListener draws;
    private final double[] uniforms = new double[PATCH_SIZE];
    private int firstFree;
    /** The uniforms taken before this patch, and the number that this patch takes. */
    private int blockStart;
    private int blockLength;
    private int sampled;

    PatchSampler(SamplerSettings settings, long seed, Optional<Trace> trace, DrawListener draws) {
        this.settings = settings;
        this.sampler = new Sampler(settings);
        this.random = new NumpyRandom(seed);
        this.cursor = trace.map(TraceCursor::new);
        this.draws = draws;
    }

    /**
     * A patch is about to be decoded: takes its block of uniforms.
     *
     * @param partial number of its ids that a stream cut left
     * @param chosen  number of its ids that are already chosen, forced ones included
     */
    void begin(int partial, int chosen) {
        blockStart += blockLength;
        blockLength = PATCH_SIZE - chosen;
        firstFree = chosen;
        random.fill(uniforms, PATCH_SIZE - chosen);
        cursor.ifPresent(c -> c.begin(partial));
    }

    @Override
    public int choose(float[] logits, int offset, int slot) {
        double uniform = uniforms[slot - firstFree];
        int id = sampler.sample(logits, offset, uniform);
        sampled++;
        draws.drawn(sampler, uniform, id);
        if (cursor.isEmpty()) {
            return id;
        }
        int target = cursor.get().target(slot, id);
        cursor.get().index(slot).ifPresent(at -> draws.recorded(sampler, target, at));
        return target;
    }

    @Override
    public PatchDraws draws(int chosen) {
        double[] bySlot = new double[PATCH_SIZE];
        System.arraycopy(uniforms, 0, bySlot, chosen, PATCH_SIZE - chosen);
        int[] recorded = new int[PATCH_SIZE];
        Arrays.setAll(recorded, slot -> cursor.isPresent() ? cursor.get().target(slot, NONE) : NONE);
        return new PatchDraws(settings, bySlot, recorded);
    }

    @Override
    public void drawn(int slot, int id) {
        sampled++;
        draws.drawnInside(uniforms[slot - firstFree], id);
    }

    @Override
    public double uniform(int slot) {
        return cursor.isPresent() ? cursor.get().uniform(slot) : uniforms[slot - firstFree];
    }

    /** Returns which uniform number of the seed the id in a slot was drawn with; below 0 for ids that were forced. */
    int drawOf(int slot) {
        return blockStart + slot - firstFree;
    }

    /** Keeps the first {@code decided} slots of the patch. */
    void accept(int decided) {
        cursor.ifPresent(c -> c.accept(decided));
    }

    /** Returns the number of characters drawn so far. */
    int sampled() {
        return sampled;
    }
}
