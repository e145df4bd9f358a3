package io.notagenbench.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.checkpoint.TensorSpec;
import io.notagenbench.quantisation.GroupScheme;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayerSchemesTest {

    private static final ModelConfig CONFIG = new ModelConfig(2, 1, 128, 16);

    @Test
    void anExemptionIsForTheLayersThatItNames() {
        LayerSchemes schemes = LayerSchemes.parse("int4-32-zero-search+char_level=int8-64+mlp.c_proj=fp32");
        TensorSpec patchFc = TensorSpec.patchBlock(CONFIG, 1).get(8);
        TensorSpec charFc = TensorSpec.charBlock(CONFIG, 0).get(8);
        TensorSpec charProjection = TensorSpec.charBlock(CONFIG, 0).get(10);
        assertThat(schemes.of(patchFc)).contains(new GroupScheme(4, 32, true, 8));
        assertThat(schemes.of(charFc)).contains(new GroupScheme(8, 64, false, 0));
        assertThat(schemes.of(charProjection)).isEmpty();
        assertThat(schemes.of(TensorSpec.charBlock(CONFIG, 0).get(0))).isEmpty();
        assertThat(schemes.bytes(charFc)).isEqualTo(128 * 512 + 128 * 512 / 64 * 4);
        assertThat(schemes.bytes(charProjection)).isEqualTo(128 * 512 * 4);
    }

    @Test
    void bytesAreThoseOfAllLinearLayers() {
        assertThat(LayerSchemes.FP32.bytes(CONFIG)).isEqualTo(3 * 12 * 128 * 128 * 4);
        // four bits, a scale of four bytes and a zero point of half a byte for each 32
        assertThat(LayerSchemes.parse("int4-32-zero").bytes(CONFIG)).isEqualTo(3 * 12 * 128 * 128 / 32 * (32 * 4 + 32 + 4) / 8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fp32", "int8-row", "int4-32-zero-search+attn.c_proj=int8-64", "int4-128+patch_level=fp32+mlp.c_fc=int8-32"})
    void aLabelIsReadAsItIsWritten(String label) {
        assertThat(LayerSchemes.parse(label).label()).isEqualTo(label);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "int4", "int4-32+", "int4-32+mlp=int8-64", "int4-32+mlp.c_proj", "int4-32+mlp.c_proj=bf16"})
    void whatIsNoneIsRefused(String label) {
        assertThatThrownBy(() -> LayerSchemes.parse(label)).isInstanceOf(IllegalArgumentException.class);
    }
}
