package io.notagenbench.abc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.notagenbench.fault.Fault;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromptTest {

    @Test
    void knowsThe112ValidPrompts() {
        assertThat(KnownPrompts.ALL).hasSize(112).doesNotHaveDuplicates();
        assertThat(KnownPrompts.ALL).contains(new StylePrompt("Romantic", "Chopin, Frederic", "Keyboard"),
                new StylePrompt("Baroque", "Vivaldi, Antonio", "Vocal-Orchestral"),
                new StylePrompt("Romantic", "Zumsteeg, Emilie", "Art Song"));
        assertThat(KnownPrompts.ALL).allSatisfy(prompt -> {
            assertThat(Prompt.parse(prompt.label())).isEqualTo(prompt);
            assertThat(prompt.warnings()).isEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "Romantic/Chopin/Keyboard; Romantic/Chopin-Frederic/Keyboard",
        "romantic/chopin/KEYBOARD; Romantic/Chopin-Frederic/Keyboard",
        "Romantic/Chopin-Frederic/Keyboard; Romantic/Chopin-Frederic/Keyboard",
        "Romantic/Chopin_Frederic/Keyboard; Romantic/Chopin-Frederic/Keyboard",
        "Romantic/Fr\u00e9d\u00e9ric/Keyboard; Romantic/Frederic/Keyboard",
        "Romantic/Chopin-Fr\u00e9d\u00e9ric/Keyboard; Romantic/Chopin-Frederic/Keyboard",
        "Romantic/Dvo\u0159\u00e1k/Chamber; Romantic/Dvorak-Antonin/Chamber",
        "Romantic/Dvor\u030ca\u0301k/Chamber; Romantic/Dvorak-Antonin/Chamber",
        "Romantic/Saint-Sa\u00ebns/Chamber; Romantic/Saint-Saens-Camille/Chamber",
        "Baroque/H\u00e4ndel/Choral; Baroque/Handel-George-Frideric/Choral",
        "Baroque/Bach-Johann-Sebastian/Choral; Baroque/Bach-Johann-Sebastian/Choral",
        "Classical/Beethoven-Ludwig-van/Art-Song; Classical/Beethoven-Ludwig-van/Art-Song",
        "Classical/Beethoven_Ludwig_van/Art_Song; Classical/Beethoven-Ludwig-van/Art-Song",
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

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "Romantic/Alkan_Charles-Valentin/Keyboard; %Romantic|%Alkan, Charles-Valentin|%Keyboard|",
        "Baroque/Bach_Carl_Philipp_Emanuel/Keyboard; %Baroque|%Bach, Carl Philipp Emanuel|%Keyboard|",
        "Romantic/Rimsky-Korsakov_Nikolai/String_Quartet; %Romantic|%Rimsky-Korsakov, Nikolai|%String Quartet|",
        "Late_Romantic/Albeniz_Isaac/Guitar; %Late Romantic|%Albeniz, Isaac|%Guitar|",
        "Romantic/Alb\u00e9niz_Isaac/Guitar; %Romantic|%Albeniz, Isaac|%Guitar|",
        "Medieval/Hildegard von Bingen/Vocal; %Medieval|%Hildegard von Bingen|%Vocal|",
        "Romantic/Anonymous/Keyboard; %Romantic|%Anonymous|%Keyboard|"})
    void anUnderscoreIsTheCommaOfANameThatNotaGenDoesNotKnow(String text, String lines) {
        Prompt prompt = Prompt.parse(text);

        assertThat(prompt.text()).isEqualTo(lines.replace('|', '\n'));
        assertThat(prompt.warnings()).hasSize(1);
        assertThat(prompt.label()).doesNotContain(",");
        assertThat(Prompt.parse(prompt.label())).isEqualTo(prompt);
    }

    @Test
    void saysWhichComposersAnAmbiguousSurnameMeans() {
        assertThatThrownBy(() -> Prompt.parse("Romantic/Schumann/Keyboard")).isInstanceOf(Fault.class)
                .hasMessageContaining("Schumann-Clara, Schumann-Robert");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', value = {
        "Romantic/Chopan/Keyboard; It does not know the composer Chopan: did you mean Chopin-Frederic?",
        "Romantic/Chopin-Fredrik/Keyboard; It does not know the composer Chopin-Fredrik: did you mean Chopin-Frederic?",
        "Romantic/Schuman/Keyboard; It does not know the composer Schuman: did you mean Schumann-Clara or Schumann-Robert?",
        "Classical/Ludwig van Beethoven/Keyboard; does not know the composer Ludwig van Beethoven: did you mean Beethoven-Ludwig-van?",
        "Baroque/Bach_Carl_Philipp/Keyboard; does not know the composer Bach, Carl Philipp: did you mean Bach-Johann-Sebastian?",
        "Romantic/Alkan-Charles-Valentin/Keyboard; write the comma and the blank of a name as _, as in Alkan_Charles-Valentin.",
        "Romantic/Chopin/Keybord; It does not know the instrumentation Keybord: did you mean Keyboard?",
        "Romantic/Chopin/Kazoo; choose one of Chamber, Choral, Keyboard, Orchestral, Vocal-Orchestral, Art Song.",
        "Romantik/Chopin/Keyboard; It does not know the period Romantik: did you mean Romantic?",
        "Modern/Chopin/Keyboard; It does not know the period Modern: choose one of Baroque, Classical, Romantic.",
        "Romantic/Chopin/Choral; it knows Romantic/Chopin-Frederic/Art-Song, Romantic/Chopin-Frederic/Keyboard.",
        "Baroque/Chopin/Keyboard; it knows Romantic/Chopin-Frederic/Art-Song, Romantic/Chopin-Frederic/Keyboard."})
    void warnsOfWhatTheModelHasNotSeenWithWhatMayBeMeant(String text, String words) {
        assertThat(Prompt.parse(text).warnings()).hasSize(1).first().asString()
                .startsWith("prompt " + Prompt.parse(text).label() + " is not one of the 112 that NotaGen was fine-tuned on. ")
                .contains(words).endsWith("java -jar benchmarks.jar prompts lists all of them.");
    }

    @Test
    void aNameUnlikeAnyOtherIsMeantToBeNone() {
        assertThat(Prompt.parse("Romantic/Xyz/Keyboard").warnings().get(0)).contains("It does not know the composer Xyz. ")
                .doesNotContain("did you mean");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Romantic/Chopin", "Romantic/Chopin/Keyboard/x", "Romantic//Keyboard", "None", "@start",
        "Romantic/S\u00f8rensen/Keyboard", "Romantic/a\nb/Keyboard"})
    void refusesWhatIsNoPrompt(String text) {
        assertThatThrownBy(() -> Prompt.parse(text)).isInstanceOf(Fault.class).satisfies(
                fault -> assertThat(((Fault) fault).exitCode()).isEqualTo(Fault.USAGE));
    }

    @Test
    void listsPromptsByTheirWords() {
        assertThat(KnownPrompts.with(List.of())).isEqualTo(KnownPrompts.ALL);
        assertThat(KnownPrompts.with(List.of("dvo\u0159\u00e1k", "CHAMBER")))
                .containsExactly(new StylePrompt("Romantic", "Dvorak, Antonin", "Chamber"));
        assertThat(KnownPrompts.with(List.of("Art Song", "schumann"))).hasSize(2);
        assertThat(KnownPrompts.with(List.of("kazoo"))).isEmpty();
    }
}
