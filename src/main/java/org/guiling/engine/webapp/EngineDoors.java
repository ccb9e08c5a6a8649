package org.guiling.engine.webapp;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.identity.Group;
import org.guiling.engine.form.StartFormData;
import org.guiling.engine.form.TaskFormData;
import org.guiling.engine.refusal.Attempts;
import org.guiling.engine.refusal.RefusalStatusFilter;
import org.guiling.engine.refusal.RefusedQueries;
import org.guiling.organization.CurrentPerson;
import org.guiling.text.Texts;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The filters in front of Camunda's web apps and its REST, all behind Spring Security's. */
@Configuration(proxyBeanMethods = false)
class EngineDoors {

    private static final String[] WEB_APPS = {"/camunda/app/*", "/camunda/api/*"};
    private static final String[] REST = {"/camunda/api/*", "/engine-rest/*"};

    private static final Pattern TASK = Pattern.compile(".*/task/([0-9a-zA-Z-]+)(?:/.*)?");

    @Bean
    FilterRegistrationBean<RefusalStatusFilter> refusalStatusFilter(
            ObjectMapper json, Texts texts, Attempts attempts, JdbcClient jdbc) {
        return registration(
                new RefusalStatusFilter(
                        json,
                        (code, arguments) -> texts.get(code, arguments),
                        () -> answers(jdbc),
                        (request, refusal) -> {
                            taskOf(request).ifPresent(taskId -> attempts.refusedAtTask(taskId, refusal));
                            attempts.write(request);
                        }),
                100,
                REST);
    }

    /** Within the filter above, so that a refusal is written down before anybody reads the answer. */
    @Bean
    FilterRegistrationBean<AfterRequestFilter> refusedAttemptsFilter(Attempts attempts) {
        return registration(new AfterRequestFilter(attempts::write), 101, "/*");
    }

    @Bean
    FilterRegistrationBean<EngineCallsFilter> engineCallsFilter(
            ProcessEngine engine, EngineChanges changes, ObjectMapper json, Texts texts) {
        return registration(
                new EngineCallsFilter(
                        code -> texts.get(code),
                        (request, app) -> mayOpen(engine, request.getRemoteUser(), app),
                        changes::record,
                        json),
                102,
                "/camunda/api/*",
                "/engine-rest/*");
    }

    /** Before the calls are told apart: what nobody may send is refused to everybody alike. */
    @Bean
    FilterRegistrationBean<EngineBodiesFilter> engineBodiesFilter(Texts texts, RefusedQueries refusedQueries) {
        return registration(
                new EngineBodiesFilter((code, property) -> texts.get(code, property), refusedQueries::record),
                101,
                REST);
    }

    @Bean
    FilterRegistrationBean<HostCookieFilter> hostCookieFilter() {
        return registration(new HostCookieFilter(), 100, "/camunda/*");
    }

    @Bean
    FilterRegistrationBean<ScriptNonceFilter> scriptNonceFilter() {
        return registration(new ScriptNonceFilter(), 100, "/camunda/app/*");
    }

    @Bean
    FilterRegistrationBean<FormDataFilter> formDataFilter(
            TaskFormData taskFormData, StartFormData startFormData, ObjectMapper json) {
        return registration(new FormDataFilter(taskFormData::of, startFormData::of, json), 101, REST);
    }

    @Bean
    FilterRegistrationBean<TaskColumnsFilter> taskColumnsFilter(TaskColumns taskColumns, ObjectMapper json) {
        return registration(new TaskColumnsFilter(taskColumns::of, json), 101, "/camunda/api/*");
    }

    @Bean
    FilterRegistrationBean<EngineAuthenticationFilter> engineAuthenticationFilter(
            ProcessEngine engine, CurrentPerson currentPerson, EngineAdministrators administrators) {
        return registration(
                new EngineAuthenticationFilter(engine, currentPerson, administrators), 102, "/engine-rest/*");
    }

    /** Camunda's own filter, by the name that its manual gives, so that no internal class is imported. */
    @Bean
    @Order(103)
    ServletContextInitializer signOnFilter() {
        return context -> {
            FilterRegistration.Dynamic filter = context.addFilter(
                    "Container Based Authentication Filter",
                    "org.camunda.bpm.webapp.impl.security.auth.ContainerBasedAuthenticationFilter");
            filter.setInitParameter("authentication-provider", SignedOnUser.class.getName());
            filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, WEB_APPS);
        };
    }

    private static boolean answers(JdbcClient jdbc) {
        try {
            return jdbc.sql("select 1").query(Integer.class).single() == 1;
        } catch (DataAccessException e) {
            return false;
        }
    }

    private static boolean mayOpen(ProcessEngine engine, String user, String app) {
        List<String> groups = engine.getIdentityService().createGroupQuery().groupMember(user).list().stream()
                .map(Group::getId)
                .toList();
        return engine.getAuthorizationService()
                .isUserAuthorized(user, groups, Permissions.ACCESS, Resources.APPLICATION, app);
    }

    /** The task that a request to the engine's REST is about. */
    private static Optional<String> taskOf(HttpServletRequest request) {
        Matcher task = TASK.matcher(request.getRequestURI());
        return task.matches() ? Optional.of(task.group(1)) : Optional.empty();
    }

    private static <T extends Filter> FilterRegistrationBean<T> registration(T filter, int order, String... patterns) {
        FilterRegistrationBean<T> registration = new FilterRegistrationBean<>(filter);
        registration.setUrlPatterns(List.of(patterns));
        registration.setOrder(order);
        return registration;
    }
}
