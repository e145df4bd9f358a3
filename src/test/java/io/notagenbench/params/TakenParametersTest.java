package io.notagenbench.params;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.notagenbench.fault.Fault;
import java.util.List;
import org.junit.jupiter.api.Test;

class TakenParametersTest {

    private static final TakenParameters ONE = new TakenParameters("race", false, List.of("seed", "topK"));
    private static final TakenParameters SEVERAL = new TakenParameters("The chosen benchmarks", true, List.of("seed", "deed"));

    @Test
    void whatIsTakenIsAllowedAlsoWhereTheRegistryDoesNotKnowIt() {
        assertThatCode(() -> ONE.require("topK")).doesNotThrowAnyException();
        assertThatCode(() -> SEVERAL.require("deed")).doesNotThrowAnyException();
    }

    @Test
    void whatIsNotTakenIsRefusedWithAllThatIs() {
        assertThatThrownBy(() -> ONE.require("patches"))
                .isInstanceOfSatisfying(Fault.class, fault -> assertThat(fault.exitCode()).isEqualTo(Fault.USAGE))
                .hasMessage("race does not take the parameter patches. It takes: seed, topK.");
        assertThatThrownBy(() -> SEVERAL.require("patches"))
                .hasMessage("The chosen benchmarks do not take the parameter patches. They take: seed, deed.");
    }

    @Test
    void aMisspelledNameIsAnsweredWithTheNearest() {
        assertThatThrownBy(() -> ONE.require("sed"))
                .hasMessage("There is no parameter sed. Did you mean seed? race takes: seed, topK.");
        assertThatThrownBy(() -> SEVERAL.require("quux"))
                .hasMessage("There is no parameter quux. The chosen benchmarks take: seed, deed.");
    }

    @Test
    void aSubstituteIsNamed() {
        assertThat(ONE.instead("backend", "give --arms")).hasMessage("race does not take the parameter backend: give --arms.");
    }
}
