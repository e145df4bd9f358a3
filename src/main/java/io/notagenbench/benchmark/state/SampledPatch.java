package io.notagenbench.benchmark.state;

import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;

import io.notagenbench.decoding.CharChooser;
import io.notagenbench.engine.PatchDraws;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import io.notagenbench.sampling.NumpyRandom;
import io.notagenbench.sampling.Sampler;
import io.notagenbench.sampling.SamplerSettings;
import java.util.Arrays;

/**
 * Samples every character of a patch, then writes the recorded one if there is one. So the work and the EOS positions
 * are realistic for any weights.
 */
final class SampledPatch implements CharChooser {

    private final SamplerSettings settings;
    private final Sampler sampler;
    private final double[] uniforms = new double[PATCH_SIZE];
    private final int[] recorded;
    private int drawn;

    SampledPatch(Parameters sampling, int[] recorded) {
        this.settings = new SamplerSettings(sampling.whole(Parameter.TOP_K), sampling.decimal(Parameter.TOP_P),
                sampling.decimal(Parameter.TEMPERATURE));
        this.sampler = new Sampler(settings);
        this.recorded = recorded;
        new NumpyRandom(sampling.seed()).fill(uniforms, PATCH_SIZE);
    }

    @Override
    public int choose(float[] logits, int offset, int slot) {
        int id = sampler.sample(logits, offset, uniforms[slot]);
        drawn = slot == 0 ? id : drawn + id;
        return slot < recorded.length ? recorded[slot] : id;
    }

    @Override
    public PatchDraws draws(int chosen) {
        int[] given = new int[PATCH_SIZE];
        Arrays.setAll(given, slot -> slot < recorded.length ? recorded[slot] : PatchDraws.NONE);
        return new PatchDraws(settings, uniforms, given);
    }

    @Override
    public void drawn(int slot, int id) {
        drawn = slot == 0 ? id : drawn + id;
    }

    /** Sum of the ids drawn for the patch, with those that were replaced, so that every draw has an effect. */
    int drawn() {
        return drawn;
    }
}
