package io.notagenbench.checkpoint;

/** Names that stand in a file, made fit for a sentence: printable ASCII, never long. */
final class Printable {

    private static final int LONGEST = 80;

    private Printable() {
    }

    static String of(String name) {
        String shown = name.length() > LONGEST ? name.substring(0, LONGEST) + "..." : name;
        return shown.replaceAll("[^ -~]", "?");
    }
}
