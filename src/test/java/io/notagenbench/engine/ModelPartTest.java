package io.notagenbench.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.checkpoint.TensorSpec;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelPartTest {

    private static final Device TWO = Device.of("cuda:0+cuda:1");

    @ParameterizedTest
    @CsvSource({"20, 6, 13", "12, 3, 8", "1, 1, 1", "2, 5, 2", "6, 1, 4"})
    void halfOfTheLayersAreOnEitherSideAndTheCharLevelIsWhole(int patchLayers, int charLayers, int cut) {
        ModelConfig config = new ModelConfig(patchLayers, charLayers, 128, 16);
        List<ModelPart> parts = ModelPart.of(config, TWO);
        assertThat(parts).containsExactly(new ModelPart(config, 0, cut, false),
                new ModelPart(config, cut, patchLayers - cut, true));
        assertThat(parts.get(0).charLayers()).isZero();
        assertThat(parts.get(1).charLayers()).isEqualTo(charLayers);
    }

    @Test
    void togetherTheyHaveEveryTensorOnce() {
        ModelConfig config = new ModelConfig(6, 2, 128, 16);
        List<TensorSpec> tensors = ModelPart.of(config, TWO).stream().flatMap(part -> part.tensors().stream()).toList();
        assertThat(tensors).isEqualTo(TensorSpec.all(config));
        assertThat(ModelPart.whole(config).tensors()).isEqualTo(TensorSpec.all(config));
        assertThat(ModelPart.of(config, TWO).get(1).tensors().get(0)).isEqualTo(TensorSpec.patchBlock(config, 4).get(0));
        assertThat(Stream.of("cpu", "cuda:1").map(Device::of).map(device -> ModelPart.of(config, device)))
                .allMatch(parts -> parts.equals(List.of(ModelPart.whole(config))));
    }
}
