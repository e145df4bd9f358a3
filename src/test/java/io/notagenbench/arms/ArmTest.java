package io.notagenbench.arms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.notagenbench.engine.EngineSettings;
import io.notagenbench.fault.Fault;
import io.notagenbench.params.Backend;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import io.notagenbench.params.Precision;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArmTest {

    @Test
    void everyLabelIsReadAsItIsPrinted() {
        for (Backend backend : Backend.values()) {
            for (Precision precision : Precision.values()) {
                for (Decoding decoding : Decoding.values()) {
                    Arm arm = new Arm(backend.name(), precision, decoding);
                    assertThat(Arm.parse(arm.label())).isEqualTo(arm);
                    assertThat(arm.isExact()).isEqualTo(precision == Precision.FP32);
                }
            }
        }
        assertThat(Arm.parse(" onnx/int8/fused ").label()).isEqualTo("onnx/int8/fused");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', value = {
        "onnx; 'onnx' is not an arm: write backend/precision/decoding, such as onnx/fp32/cached.",
        "onnx/fp32/cached/1; is not an arm: write backend/precision/decoding",
        "//; '//' is not an arm: backend= is not possible: allowed is pytorch, onnx.",
        "torch/fp32/cached; backend=torch is not possible: allowed is pytorch, onnx",
        "onnx/FP32/cached; precision=FP32 is not possible",
        "onnx/fp32/kv; decoding=kv is not possible: allowed is recompute, cached"})
    void anythingElseIsRefusedWithWhatIsAllowed(String label, String sentence) {
        assertThatThrownBy(() -> Arm.parse(label)).hasMessageContaining(sentence)
                .isInstanceOfSatisfying(Fault.class, fault -> assertThat(fault.exitCode()).isEqualTo(Fault.USAGE));
    }

    @Test
    void anArmIsListedOnce() {
        assertThat(Arm.parse(List.of("onnx/fp32/cached", "pytorch/fp32/cached"))).hasSize(2);
        assertThatThrownBy(() -> Arm.parse(List.of("onnx/fp32/cached", "pytorch/fp32/cached", " onnx/fp32/cached")))
                .hasMessageContaining("names an arm twice: name it once");
    }

    @Test
    void itRunsWithWhatTheArmsHaveInCommon() {
        Parameters common = Parameters.defaults().with(Parameter.THREADS, "3").with(Parameter.BACKEND, "pytorch");
        EngineSettings settings = Arm.parse("onnx/int4/fused").settings(common);
        assertThat(settings.backend()).isEqualTo("onnx");
        assertThat(settings.precision()).isEqualTo(Precision.INT4);
        assertThat(settings.decoding()).isEqualTo(Decoding.FUSED);
        assertThat(settings.threads()).isEqualTo(3);
    }

    @Test
    void anArmWithoutAKernelIsRefusedByItsName() {
        assertThatThrownBy(() -> Arm.parse("onnx/fp16/cached").requireKernel(Parameters.defaults()))
                .hasMessageStartingWith("arm onnx/fp16/cached: backend=onnx cannot run with precision=fp16");
    }
}
