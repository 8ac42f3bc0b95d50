"""The conversation core (对话): turns, replies and the router. It knows neither channels nor what is talked about."""
