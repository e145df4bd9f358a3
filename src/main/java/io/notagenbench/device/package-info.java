/** Facts of the host: processors, memory, graphics cards. */
package io.notagenbench.device;
