/**
 * The entry point of {@code benchmarks.jar}. {@link io.notagenbench.Main} passes the command line to the package {@code cli}; the packages
 * below are listed in CONTRIBUTING.md, with what each is for and what it uses.
 */
package io.notagenbench;
