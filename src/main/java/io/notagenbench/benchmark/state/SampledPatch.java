package io.notagenbench.benchmark.state;

import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;

import io.notagenbench.decoding.CharChooser;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import io.notagenbench.sampling.NumpyRandom;
import io.notagenbench.sampling.Sampler;
import io.notagenbench.sampling.SamplerSettings;

/**
 * Samples every character of a patch, then writes the recorded one, where there is one: realistic work with realistic
 * EOS positions, whatever the weights say.
 */
final class SampledPatch implements CharChooser {

    private final Sampler sampler;
    private final double[] uniforms = new double[PATCH_SIZE];
    private final int[] recorded;
    private int drawn;

    SampledPatch(Parameters sampling, int[] recorded) {
        this.sampler = new Sampler(new SamplerSettings(sampling.whole(Parameter.TOP_K), sampling.decimal(Parameter.TOP_P),
                sampling.decimal(Parameter.TEMPERATURE)));
        this.recorded = recorded;
        new NumpyRandom(sampling.seed()).fill(uniforms, PATCH_SIZE);
    }

    @Override
    public int choose(float[] logits, int offset, int slot) {
        int id = sampler.sample(logits, offset, uniforms[slot]);
        drawn = slot == 0 ? id : drawn + id;
        return slot < recorded.length ? recorded[slot] : id;
    }

    /** Sum of the ids drawn for the patch, the overruled ones too: no draw can be left out unseen. */
    int drawn() {
        return drawn;
    }
}
