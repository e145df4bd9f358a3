package io.notagenbench.params;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.notagenbench.fault.Fault;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ParameterTest {

    @ParameterizedTest
    @EnumSource(Parameter.class)
    void everyDefaultIsAllowed(Parameter parameter) {
        assertThatCode(() -> parameter.check(parameter.defaultValue())).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "backend, torch, 'allowed is pytorch, onnx.'",
        "device, gpu, 'allowed is cpu, cuda or cuda:1, two that share'",
        "device, cpu+cuda, 'allowed is cpu,'",
        "device, cpu/cuda, 'allowed is cpu,'",
        "device, cpu+cpu+cpu, 'allowed is cpu,'",
        "precision, fp64, 'fp32, tf32, bf16, fp16, int8, int4, mixed'",
        "patchLength, 7, 'a whole number from 8 to 65536'",
        "patchLength, 6 4, 'a whole number from 8'",
        "temperature, 0, 'a number above 0'",
        "temperature, NaN, 'a number above 0'",
        "temperature, 1e3, 'a number above 0 up to 100.'",
        "temperature, 1e-400, 'a number above 0 up to 100.'",
        "temperature, Infinity, 'a number above 0 up to 100.'",
        "topP, 1e-400, 'a number from 0 to 1.'",
        "topP, -1e-9, 'a number from 0 to 1.'",
        "topP, 0.9x, 'a number from 0 to 1.'",
        "topK, -1, 'a whole number from 0 to 128'",
        "topK, 129, 'a whole number from 0 to 128'",
        "topP, 1.01, 'a number from 0 to 1'",
        "seed, 4294967296, 'a whole number from 0 to 4294967295'",
        "seed, 99999999999999999999, 'a whole number'",
        "prompt, Chopin, 'period/composer/instrumentation'",
        "timeLimit, -1, 'a number from 0 to'",
        "timeLimit, 20m, 'a number from 0 to'",
        "threads, two, 'a whole number from 0'",
    })
    void aWrongValueSaysWhatIsAllowed(String name, String value, String words) {
        assertThatThrownBy(() -> Parameter.of(name).check(value))
                .isInstanceOfSatisfying(Fault.class, fault -> assertThat(fault.exitCode()).isEqualTo(Fault.USAGE))
                .hasMessageStartingWith(name + "=" + value + " is not possible: allowed is")
                .hasMessageContaining(words);
    }

    @ParameterizedTest
    @CsvSource({
        "patchLength, 8", "temperature, 0.01", "temperature, 1e-9", "temperature, 1E2",
        "temperature, .5", "temperature, +1.2", "topP, 1e-12", "topP, 0e0", "topP, 9.0000000000000000000001e-1", "topK, 0", "topP, 0", "topP, 1", "topP, 1.0", "seed, 4294967295",
        "device, cuda:3", "device, cpu+cpu", "device, cuda:0+cuda:11", "device, cpu/cpu+cpu", "device, cuda/cuda:1", "model, /weights of mine/notagen.pth", "work, two-voices",
    })
    void theEdgesAreAllowed(String name, String value) {
        assertThatCode(() -> Parameter.of(name).check(value)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "topP; 0,9; topP=9 is not possible: allowed is a number from 0 to 1. A comma separates two values: write 0.9 with a point.",
        "temperature; 0,8; temperature=0 is not possible: allowed is a number above 0 up to 100. A comma separates two values:"
            + " write 0.8 with a point.",
        "topK; 9,500; topK=500 is not possible: allowed is a whole number from 0 to 128.",
        "topP; 0.5,2; topP=2 is not possible: allowed is a number from 0 to 1."})
    void aDecimalCommaIsRecognised(String name, String list, String sentence) {
        assertThatThrownBy(() -> Parameter.of(name).check(List.of(list.split(",")))).isInstanceOf(Fault.class)
                .hasMessage(sentence);
    }

    @ParameterizedTest
    @CsvSource({"topk, topK", "temprature, temperature", "patchlenght, patchLength", "thread, threads"})
    void aMisspelledNameGetsTheNearestOne(String wrong, String meant) {
        assertThatThrownBy(() -> Parameter.of(wrong)).isInstanceOf(Fault.class)
                .hasMessageStartingWith("There is no parameter " + wrong + ". Did you mean " + meant + "?")
                .hasMessageContaining("model, backend, device");
    }

    @Test
    void aNameUnlikeAnyOtherGetsTheListAlone() {
        assertThatThrownBy(() -> Parameter.of("quux")).hasMessageNotContaining("Did you mean")
                .hasMessageContaining("Parameters: model, ");
    }

    @Test
    void theTracesAreThoseInTheJar() {
        assertThat(Parameter.WORK.allowed())
                .isEqualTo("natural, " + join(Recordings.NAMES) + " or the path of a trace");
    }

    private static String join(List<String> labels) {
        return String.join(", ", labels);
    }
}
