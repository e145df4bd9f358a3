package io.notagenbench;

/** The one entry point of {@code benchmarks.jar}. */
public final class Main {

    private Main() {
    }

    public static void main(String[] args) {
        System.out.println("notagen-bench");
    }
}
