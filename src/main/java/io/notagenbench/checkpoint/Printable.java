package io.notagenbench.checkpoint;

/** Makes names from a file fit for a message: printable ASCII, and not long. */
final class Printable {

    private static final int LONGEST = 80;

    private Printable() {
    }

    static String of(String name) {
        String shown = name.length() > LONGEST ? name.substring(0, LONGEST) + "..." : name;
        return shown.replaceAll("[^ -~]", "?");
    }
}
