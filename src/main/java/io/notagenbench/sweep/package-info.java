/**
 * Runs many benchmark cells, each in a JMH process of its own, and keeps what every one of them gave in a folder that
 * can be read at any moment.
 */
package io.notagenbench.sweep;
