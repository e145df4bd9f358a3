package io.notagenbench.params;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.notagenbench.fault.Fault;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersTest {

    @Test
    void whatIsNotGivenHasItsDefault() {
        Parameters parameters = Parameters.parse(List.of("seed=3", "temperature=1.0"));
        assertThat(parameters.seed()).isEqualTo(3);
        assertThat(parameters.decimal(Parameter.TEMPERATURE)).isEqualTo(1.0);
        assertThat(parameters.whole(Parameter.TOP_K)).isEqualTo(9);
        assertThat(parameters.decimal(Parameter.TOP_P)).isEqualTo(0.9);
        assertThat(parameters.text(Parameter.PROMPT)).isEqualTo("Romantic/Chopin/Keyboard");
        assertThat(parameters.isGiven(Parameter.SEED)).isTrue();
        assertThat(parameters.isGiven(Parameter.TOP_K)).isFalse();
        assertThat(parameters.asMap()).hasSize(Parameter.values().length).containsEntry("seed", "3")
                .containsEntry("model", "tiny");
    }

    @Test
    void aCopyLeavesTheOriginalAlone() {
        Parameters changed = Parameters.defaults().with(Parameter.SEED, "5");
        assertThat(changed.seed()).isEqualTo(5);
        assertThat(Parameters.defaults().seed()).isZero();
        assertThat(changed).isNotEqualTo(Parameters.defaults()).isEqualTo(Parameters.parse(List.of("seed=5")));
    }

    @Test
    void aValueMayHoldAnEqualsSign() {
        assertThat(Parameters.parse(List.of("model=/w/a=b.pth")).text(Parameter.MODEL)).isEqualTo("/w/a=b.pth");
    }

    @Test
    void aListIsForSweeps() {
        List<String> list = List.of("backend=pytorch,onnx");
        assertThat(Parameters.parseLists(list)).containsEntry(Parameter.BACKEND, List.of("pytorch", "onnx"));
        assertThatThrownBy(() -> Parameters.parse(list)).isInstanceOf(Fault.class)
                .hasMessageContaining("-p backend=pytorch,onnx is a list");
    }

    @Test
    void aDecimalCommaMakesAList() {
        assertThatThrownBy(() -> Parameters.parse(List.of("temperature=1,2"))).isInstanceOf(Fault.class)
                .hasMessageContaining("-p temperature=1,2 is a list").hasMessageEndingWith("write 1.2 with a point.");
    }

    @Test
    void numbersAreReadAsJavaReadsThem() {
        Parameters parameters = Parameters.parse(List.of("temperature=1e-9", "topP=1E-12"));
        assertThat(parameters.decimal(Parameter.TEMPERATURE)).isEqualTo(1e-9);
        assertThat(parameters.decimal(Parameter.TOP_P)).isEqualTo(1e-12);
    }

    @ParameterizedTest
    @ValueSource(strings = {"seed", "=3", "seed=", "seed=1,,2"})
    void whatIsNoAssignmentIsRefused(String text) {
        assertThatThrownBy(() -> Parameters.parseLists(List.of(text))).isInstanceOf(Fault.class)
                .hasMessageStartingWith("-p " + text);
    }

    @Test
    void aNameGivenTwiceIsRefused() {
        assertThatThrownBy(() -> Parameters.parse(List.of("seed=1", "seed=2"))).isInstanceOf(Fault.class)
                .hasMessageContaining("seed is given twice");
    }
}
