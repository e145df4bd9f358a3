package io.notagenbench.arms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadedModelsTest {

    private static final Parameters ONE_THREAD = Parameters.defaults().with(Parameter.THREADS, "1");

    @Test
    void speculativeDecodingSharesTheModelOfCachedAndNobodyElseDoes() {
        List<String> progress = new ArrayList<>();
        try (LoadedModels models = new LoadedModels(progress::add)) {
            LoadedArm speculative = models.load(Arm.parse("onnx/fp32/speculative"), ONE_THREAD);
            LoadedArm cached = models.load(Arm.parse("onnx/fp32/cached"), ONE_THREAD);
            LoadedArm fused = models.load(Arm.parse("onnx/fp32/fused"), ONE_THREAD);
            LoadedArm twoThreads = models.load(Arm.parse("onnx/fp32/cached"), ONE_THREAD.with(Parameter.THREADS, "2"));
            assertThat(cached.model()).isSameAs(speculative.model()).isNotSameAs(fused.model())
                    .isNotSameAs(twoThreads.model());
            assertThat(speculative.arm().label()).isEqualTo("onnx/fp32/speculative");
            assertThat(twoThreads.model().settings().threads()).isEqualTo(2);
            assertThat(models.seconds(cached)).isPositive().isEqualTo(models.seconds(speculative));
            assertThat(progress).containsExactly("onnx/fp32/speculative, threads=1: model loaded",
                    "onnx/fp32/fused, threads=1: model loaded", "onnx/fp32/cached, threads=2: model loaded");
        }
    }

    @Test
    void closingClosesEveryModel() {
        LoadedArm arm;
        try (LoadedModels models = new LoadedModels(sentence -> { })) {
            arm = models.load(Arm.parse("onnx/fp32/cached"), ONE_THREAD);
        }
        assertThatThrownBy(() -> arm.model().newSession(8)).isInstanceOf(IllegalStateException.class);
    }
}
