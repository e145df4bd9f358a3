package io.notagenbench.abc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.notagenbench.fault.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromptTest {

    @Test
    void knowsThe112ValidPrompts() {
        assertThat(Prompt.VALID).hasSize(112).doesNotHaveDuplicates();
        assertThat(Prompt.VALID).contains(new Prompt("Romantic", "Chopin, Frederic", "Keyboard"),
                new Prompt("Baroque", "Vivaldi, Antonio", "Vocal-Orchestral"),
                new Prompt("Romantic", "Zumsteeg, Emilie", "Art Song"));
        assertThat(Prompt.VALID).allSatisfy(prompt -> {
            assertThat(Prompt.parse(prompt.label())).isEqualTo(prompt);
            assertThat(prompt.warning()).isEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "Romantic/Chopin/Keyboard; Romantic/Chopin-Frederic/Keyboard",
        "romantic/chopin/KEYBOARD; Romantic/Chopin-Frederic/Keyboard",
        "Romantic/Chopin-Frederic/Keyboard; Romantic/Chopin-Frederic/Keyboard",
        "Baroque/Bach-Johann-Sebastian/Choral; Baroque/Bach-Johann-Sebastian/Choral",
        "Classical/Beethoven-Ludwig-van/Art-Song; Classical/Beethoven-Ludwig-van/Art-Song",
        "Classical/Saint-Georges/Chamber; Classical/Saint-Georges-Joseph-Bologne/Chamber",
        "Romantic/Schumann-Clara/Art Song; Romantic/Schumann-Clara/Art-Song",
        "Baroque/Handel/vocal-orchestral; Baroque/Handel-George-Frideric/Vocal-Orchestral"})
    void readsSurnamesWholeNamesAndAnyCase(String text, String label) {
        assertThat(Prompt.parse(text).label()).isEqualTo(label);
    }

    @Test
    void writesTheThreeLinesThatTheModelReads() {
        assertThat(Prompt.parse("Romantic/Brahms/Art-Song").text())
                .isEqualTo("%Romantic\n%Brahms, Johannes\n%Art Song\n");
    }

    @Test
    void saysWhichComposersAnAmbiguousSurnameMeans() {
        assertThatThrownBy(() -> Prompt.parse("Romantic/Schumann/Keyboard")).isInstanceOf(Fault.class)
                .hasMessageContaining("Schumann-Clara, Schumann-Robert");
    }

    @Test
    void warnsOfWhatTheModelHasNotSeen() {
        assertThat(Prompt.parse("Romantic/Chopin/Choral").warning()).hasValueSatisfying(
                warning -> assertThat(warning).contains("Art Song, Keyboard"));
        assertThat(Prompt.parse("Modern/Nobody/Kazoo").warning()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Romantic/Chopin", "Romantic/Chopin/Keyboard/x", "Romantic//Keyboard",
        "Romantic/Dvo\u0159\u00e1k/Keyboard", "Romantic/a\nb/Keyboard"})
    void refusesWhatIsNoPrompt(String text) {
        assertThatThrownBy(() -> Prompt.parse(text)).isInstanceOf(Fault.class).satisfies(
                fault -> assertThat(((Fault) fault).exitCode()).isEqualTo(Fault.USAGE));
    }
}
