/** Images: reading them within limits, and covering where a picture was taken. */
package org.guiling.evidence.image;
