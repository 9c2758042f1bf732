import type { Words } from "./types";

const rules = new Intl.PluralRules("ru");

function plural(count: number, one: string, few: string, many: string): string {
  const form = rules.select(count);
  return `${count} ${form === "one" ? one : form === "few" ? few : many}`;
}

const minutes = (count: number) => plural(count, "минута", "минуты", "минут");
const minutesOf = (count: number) => plural(count, "минуты", "минут", "минут");

export const ru: Words = {
  open: "Открыть чат",
  openUnread: (count) =>
    `Открыть чат, ${plural(count, "непрочитанное сообщение", "непрочитанных сообщения", "непрочитанных сообщений")}`,
  minimise: "Свернуть чат",
  more: "Ещё",
  soundOn: "Включить звук",
  soundOff: "Выключить звук",
  transcript: "Скачать переписку",
  end: "Завершить разговор",
  loading: "Минутку…",
  unavailable: "Чат сейчас недоступен.",

  name: "Ваше имя",
  nameMissing: "Пожалуйста, представьтесь.",
  topic: "О чём пойдёт речь?",
  topicMissing: "Пожалуйста, выберите тему.",
  closed: "Сейчас закрыто",
  opens: (when) => `Закрыто, откроется ${when}`,
  allClosed: "Сейчас мы не работаем. Пожалуйста, загляните позже.",
  start: "Начать чат",
  starting: "Начинаем…",
  startFailed: "Пока не удалось начать чат. Пробуем ещё…",
  earlier: "Прошлые разговоры",
  back: "Назад",
  noEarlier: "Прошлых разговоров нет.",

  log: "Сообщения",
  assistant: "Помощник",
  choices: "Ответы",
  you: "Вы",
  joined: (name) => `К разговору подключается ${name}.`,
  left: "Передаём вас коллеге.",
  waitingTitle: "Спасибо! Скоро ответим.",
  next: "Вы следующий в очереди.",
  position: (place) => `Ваш номер в очереди: ${place}.`,
  expectedWait: (wait) => `Время ожидания: ${wait}.`,
  waitUnderMinute: "меньше минуты",
  waitUpTo: (count) => `до ${minutesOf(count)}`,
  waitAbout: (count) => `примерно ${minutes(count)}`,
  waitRange: (low, high) => `примерно ${low}–${minutes(high)}`,
  waitLong: "больше часа",
  waitHint: "Уже сейчас можно написать, в чём дело.",
  waitingShort: "Ждём оператора",
  held: "Подождите минутку, мы вернёмся",
  typing: (name) => `${name} печатает`,
  offline: "Связь прервалась. Подключаемся снова…",

  message: "Напишите сообщение",
  send: "Отправить",
  attach: "Прикрепить файл",
  sending: "Отправляется…",
  sent: "Отправлено",
  seen: "Прочитано",
  failed: "Не отправлено",
  remove: (name) => `Убрать ${name}`,
  uploading: (name) => `Загружается ${name}`,
  uploadFailed: (name) => `Не удалось загрузить ${name}.`,
  tooLarge: (name, limit) => `Файл ${name} слишком велик. Предел: ${limit}.`,
  wrongType: (name) => `Файлы такого типа отправить нельзя: ${name}.`,
  tooMany: (count) => `Файлов в одном сообщении может быть не больше ${count}.`,
  download: (name, size) => `Скачать ${name}, ${size}`,
  image: (name) => `Изображение: ${name}`,

  endTitle: "Завершить разговор?",
  endText: "Его можно будет перечитать, но не продолжить.",
  endConfirm: "Завершить",
  endCancel: "Продолжить",
  endedQuietly: "Разговор завершён.",

  rateTitle: "Как мы справились?",
  rateScores: ["Очень плохо", "Плохо", "Так себе", "Хорошо", "Отлично"],
  comment: "Хотите что-нибудь добавить?",
  rate: "Отправить оценку",
  rated: "Спасибо за оценку!",
  again: "Начать новый разговор",
};
