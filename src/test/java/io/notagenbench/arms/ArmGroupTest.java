package io.notagenbench.arms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.notagenbench.params.Backend;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArmGroupTest {

    private static final Parameters DEFAULTS = Parameters.defaults();

    @Test
    void withoutNamesEveryArmOfThePrecisionIsMeant() {
        assertThat(ArmGroup.listed(Map.of(), DEFAULTS)).singleElement().satisfies(group -> assertThat(group.arms())
                .hasSize(Backend.values().length * Decoding.values().length).allMatch(Arm::isExact));
    }

    @Test
    void armsWithoutAKernelAreSkippedUnlessTheirDecodingIsNamed() {
        Map<Parameter, List<String>> int8 = Map.of(Parameter.PRECISION, List.of("int8"));
        assertThat(ArmGroup.listed(int8, DEFAULTS)).singleElement().satisfies(group -> assertThat(group.arms())
                .isNotEmpty().noneMatch(arm -> arm.decoding() == Decoding.RECOMPUTE));
        assertThatThrownBy(() ->
                ArmGroup.listed(Map.of(Parameter.PRECISION, List.of("int8"), Parameter.BACKEND, List.of("onnx"),
                Parameter.DECODING, List.of("cached", "recompute")), DEFAULTS))
                .hasMessageStartingWith("arm onnx/int8/recompute: ");
    }

    @Test
    void aPrecisionThatNoBackendHasIsRefused() {
        assertThatThrownBy(() -> ArmGroup.listed(Map.of(Parameter.PRECISION, List.of("fp32", "fp16")), DEFAULTS))
                .hasMessageContaining("no backend has precision=fp16 on device=cpu");
    }

    @Test
    void everyCombinationOfModelAndThreadsIsAGroup() {
        List<ArmGroup> groups =
                ArmGroup.listed(Map.of(Parameter.MODEL, List.of("tiny", "small"), Parameter.THREADS, List.of("1", "2"),
                Parameter.BACKEND, List.of("onnx"), Parameter.DECODING, List.of("cached", "fused")), DEFAULTS);
        assertThat(groups).extracting(ArmGroup::common)
                .extracting(common -> common.text(Parameter.MODEL) + " " + common.text(Parameter.THREADS))
                .containsExactly("tiny 1", "tiny 2", "small 1", "small 2");
        assertThat(groups).allSatisfy(group -> assertThat(group.arms()).extracting(Arm::label)
                .containsExactly("onnx/fp32/cached", "onnx/fp32/fused"));
    }

    @Test
    void cellsThatDifferInOtherParametersAreOneArm() {
        Parameters texts = DEFAULTS.with(Parameter.PATCHES, "12");
        List<ArmGroup> groups = ArmGroup.measured(List.of(
                Map.of("model", "tiny", "backend", "onnx", "decoding", "fused", "patchLength", "32"),
                Map.of("model", "tiny", "backend", "onnx", "decoding", "fused", "patchLength", "64"),
                Map.of("model", "tiny", "backend", "onnx", "decoding", "fused", "precision", "int8"),
                Map.of("model", "tiny", "backend", "pytorch", "decoding", "cached", "device", "cpu/cpu")), texts);
        assertThat(groups).singleElement().satisfies(group -> {
            assertThat(group.arms()).extracting(Arm::label)
                    .containsExactly("onnx/fp32/fused", "onnx/int8/fused", "pytorch/fp32/cached");
            assertThat(group.common().text(Parameter.PATCHES)).isEqualTo("12");
            assertThat(group.common().text(Parameter.DEVICE)).isEqualTo("cpu");
        });
    }
}
