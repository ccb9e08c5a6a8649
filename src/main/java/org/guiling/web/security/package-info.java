/** Security of all requests: sign-on pages, headers, limits of bodies, answers to refusals. */
package org.guiling.web.security;
